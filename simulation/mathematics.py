"""Elementary functions of our own, so that every engine and every version gives the same bits.

The functions of a C library differ in the last bit between versions and compilers. These use nothing but
addition, multiplication, division, square roots and powers of two, which IEEE 754 fixes exactly.
"""

from math import floor, frexp, sqrt

GRID = 2.0**30
"""Steps between 0 and 1 of a quantity that is summed over people: sums of integers are exact in any order."""


def clipped(x: float) -> float:
    """Return `x` held between 0 and 1.

    >>> clipped(-0.5), clipped(0.25), clipped(7.0)
    (0.0, 0.25, 1.0)
    """
    if x < 0.0:
        return 0.0
    if x > 1.0:
        return 1.0
    return x


def on_grid(x: float) -> float:
    """Return `x`, held between 0 and 1, rounded to the grid on which people's states are summed.

    >>> on_grid(0.5), on_grid(2.0)
    (0.5, 1.0)
    """
    return floor(clipped(x) * 1073741824.0 + 0.5) / 1073741824.0


def steps(x: float) -> int:
    """Return how many whole steps of the grid there are below `x`, from 0 to 1.

    >>> steps(0.5) == GRID / 2
    True
    """
    return int(x * 1073741824.0)


def moved(x: float, share: float) -> float:
    """Return `x` moved by a share of the way to 1, or, where the share is negative, of the way to 0.

    >>> moved(0.5, 0.5), moved(0.5, -0.5), moved(0.5, 0.0)
    (0.75, 0.25, 0.5)
    """
    if share >= 0.0:
        return x + share * (1.0 - x)
    return x * (1.0 + share)


def exponential(x: float) -> float:
    """Return e to the power `x`, for `x` held between -40 and 40, to a relative error below 1e-10.

    The series is taken at `x`/64 and squared six times.

    >>> round(exponential(1.0), 9)
    2.718281828
    """
    if x > 40.0:
        x = 40.0
    if x < -40.0:
        x = -40.0
    y = x * 0.015625
    s = y * 2.08767569878681e-09 + 2.505210838544172e-08
    s = s * y + 2.755731922398589e-07
    s = s * y + 2.7557319223985893e-06
    s = s * y + 2.48015873015873e-05
    s = s * y + 0.0001984126984126984
    s = s * y + 0.001388888888888889
    s = s * y + 0.008333333333333333
    s = s * y + 0.041666666666666664
    s = s * y + 0.16666666666666666
    s = s * y + 0.5
    s = s * y + 1.0
    s = s * y + 1.0
    s = s * s
    s = s * s
    s = s * s
    s = s * s
    s = s * s
    return s * s


def logistic(z: float) -> float:
    """Return the logistic function 1/(1 + e^-z).

    >>> logistic(0.0)
    0.5
    """
    return 1.0 / (1.0 + exponential(-z))


def split(x: float) -> tuple[float, int]:
    """Return the mantissa, from a half up to one, and the power of two of a positive number (not a subnormal one).

    >>> split(10.0)
    (0.625, 4)
    """
    return frexp(x)


def logarithm(x: float) -> float:
    """Return the natural logarithm of a positive number, to an absolute error below 1e-12.

    >>> round(logarithm(10.0), 9)
    2.302585093
    """
    mantissa, power = split(x)
    if mantissa < 0.7071067811865476:
        mantissa = mantissa * 2.0
        power = power - 1
    z = (mantissa - 1.0) / (mantissa + 1.0)
    w = z * z
    s = (0.0 + 1.0 / 19.0) * w
    s = (s + 1.0 / 17.0) * w
    s = (s + 1.0 / 15.0) * w
    s = (s + 1.0 / 13.0) * w
    s = (s + 1.0 / 11.0) * w
    s = (s + 1.0 / 9.0) * w
    s = (s + 1.0 / 7.0) * w
    s = (s + 1.0 / 5.0) * w
    s = (s + 1.0 / 3.0) * w
    return power * 0.6931471805599453 + 2.0 * z * (1.0 + s)


def normal_quantile(u: float) -> float:
    """Return the value that a standard normal number stays below with probability `u`.

    Parameters
    ----------
    u : float
        A probability; held between 1e-16 and 1 - 1e-16.

    References
    ----------
    P. J. Acklam's rational approximation (2003), relative error below 1.2e-9.

    >>> round(normal_quantile(0.975), 6)
    1.959964
    """
    if u < 1e-16:
        u = 1e-16
    if u > 1.0 - 1e-16:
        u = 1.0 - 1e-16
    if 0.02425 <= u <= 0.97575:
        q = u - 0.5
        r = q * q
        top = -3.969683028665376e01 * r + 2.209460984245205e02
        top = (top * r - 2.759285104469687e02) * r + 1.383577518672690e02
        top = (top * r - 3.066479806614716e01) * r + 2.506628277459239e00
        low = -5.447609879822406e01 * r + 1.615858368580409e02
        low = (low * r - 1.556989798598866e02) * r + 6.680131188771972e01
        low = (low * r - 1.328068155288572e01) * r + 1.0
        return top * q / low
    tail = u if u < 0.5 else 1.0 - u
    q = sqrt(-2.0 * logarithm(tail))
    top = -7.784894002430293e-03 * q - 3.223964580411365e-01
    top = (top * q - 2.400758277161838e00) * q - 2.549732539343734e00
    top = (top * q + 4.374664141464968e00) * q + 2.938163982698783e00
    low = 7.784695709041462e-03 * q + 3.224671290700398e-01
    low = (low * q + 2.445134137142996e00) * q + 3.754408661907416e00
    low = low * q + 1.0
    return top / low if u < 0.5 else -top / low

"""Those beside the organisations: conveners, patient partners, regulators."""

from typing import Any

from .. import draws, entities
from ..draws import uniform
from ..entities import NEVER
from ..rules import convening, gates, patients
from .organisation import Organisation
from .views import View


class Convener(View, entity=entities.Convener, records="conveners"):
    """A place where the parts of one system come together, or its absence."""

    def come_and_go(self, s: Any, week: int) -> None:
        """Begin or end, which disrupts; relations grow at the table and fade without one."""
        present = convening.is_present(week, s.convening)
        if present != (self.present == 1):
            self.disrupted = week
        self.relations = convening.next_relations(self, present, s.convening)

    def pool_favours(self, s: Any) -> None:
        """Let what one organisation received count for all at the table."""
        table = [organisation for organisation in self.model.organisations if organisation.system == self.row]
        received = 0.0
        for organisation in table:
            received += organisation.favours
        for organisation in table:
            organisation.favours = convening.pooled(organisation.favours, received / len(table), self, s.convening)

    def settle(self, s: Any, week: int) -> None:
        """Be there, or not, from now on."""
        self.present = 1 if convening.is_present(week, s.convening) else 0


class PatientPartners(View, entity=entities.Patients, records="patients"):
    """The patient partners of one system."""

    def speak(self, circle: int, organisation: Organisation, s: Any, key: int) -> bool:
        """Speak in a conversation, if one of them is free; return whether so."""
        free = patients.probability_of_appearing(self.asked, s.patients)
        if uniform(key, draws.PATIENTS, circle) >= free:
            return False
        self.spoke += 1
        if organisation.committed == NEVER:
            self.idle += 1
        return True

    def rest(self, s: Any) -> None:
        """Recover, or grow weary of speaking where nothing changes."""
        self.fatigue = patients.next_fatigue(self, s.patients)


class Regulator(View, entity=entities.Regulator, records="regulators"):
    """One body whose approval a change needs."""

    def decides(self, organisation: Organisation, s: Any, quicker: float, key: int) -> bool:
        """Return whether this regulator decides on an organisation this week."""
        waiting = self.caseload / len(self.model.organisations)
        chance = gates.approval_probability(waiting, quicker, s.gates)
        return uniform(key, draws.APPROVAL, organisation.row, self.row) < chance

    def refuses(self, organisation: Organisation, s: Any, key: int) -> bool:
        """Refuse, perhaps, and more likely what does harm; return whether so."""
        refused = uniform(key, draws.VETO, organisation.row, self.row) < gates.veto_probability(
            s.nature.benefit, s.gates
        )
        self.refused += refused
        self.granted += not refused
        return refused

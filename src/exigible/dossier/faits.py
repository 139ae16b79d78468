"""The facts of a dossier: one creditor against one debtor. Each says one thing that happened; none is ever changed.

The day on which a fact takes effect stands on its entry in the journal (`Inscription.date_effet`), not here.
Shapes are read for ever: when one must change, a new class joins the union under the tag `nom.2`.
Amounts are positive euros to the cent; references between facts are the `cle` chosen by whoever records them.
This is the catalogue: its users import every fact and its words from here, wherever they are written.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from exigible.dossier.faits_base import (
    Adresse,
    Canal,
    Detenteur,
    Etape,
    Fait,
    IssueAppel,
    IssueContestation,
    ModeEnvoi,
    OrigineEcheance,
    Reclamation,
)
from exigible.dossier.faits_conservation import DossierEfface
from exigible.dossier.faits_creance import (
    AvoirEmis,
    CreanceNee,
    DebiteurDecrit,
    PaiementRecu,
    PaiementRejete,
    ReclamationDecidee,
)
from exigible.dossier.faits_frais import (
    AvanceRemboursee,
    AvanceVersee,
    ChargeFrais,
    FraisExpose,
    FraisMisACharge,
    NatureFrais,
)
from exigible.dossier.faits_jugement import (
    ChargeDepens,
    ChefJugement,
    DecisionAneantie,
    DecisionExecutoire,
    DelaiDeGrace,
    JugementRendu,
    JugementSignifie,
    MajorationFixee,
    MotifAneantissement,
    NatureDecision,
    RegimeChef,
)
from exigible.dossier.faits_mandat import (
    MandatRevoque,
    MandatSigne,
    PrelevementOrdonne,
    PrelevementRejete,
    PrelevementsAnnonces,
    SchemaSepa,
    SequenceSepa,
    TropPercuRembourse,
    VirementOrdonne,
)
from exigible.dossier.faits_personnes import (
    DEBITEUR,
    AdresseChangee,
    CautionInformee,
    CessationActivite,
    CreanceCedee,
    PersonneDecedee,
    PersonneDechargee,
    PersonneEnProcedure,
    PersonneTenue,
    PorteeDecharge,
    PosteRenonce,
    RenonciationFaite,
    RolePersonne,
    SolvabiliteConstatee,
    SorteInsolvabilite,
    SuspensionGarantsLevee,
    VisiteFaite,
)
from exigible.dossier.faits_pieces import ActeProduit, MentionFacture, NaturePiece, PieceJointe
from exigible.dossier.faits_plan import (
    EcheancePlan,
    PartieAuPlan,
    PlanConvenu,
    PlanMisEnDemeure,
    PlanRompu,
    PromesseRecue,
)
from exigible.dossier.faits_procedure import (
    EtapeFranchie,
    FaitDeProcedure,
    ModeSignification,
    ProcedureAbandonnee,
    ProcedureOuverte,
    Qualification,
)
from exigible.dossier.faits_statuts import DouteRejet, RejetSignale, SignalEcarte, StatutFactureRecu

__all__ = [
    "DEBITEUR",
    "ActeProduit",
    "ActionIgnoree",
    "ActionReportee",
    "Adresse",
    "AdresseChangee",
    "AppelPasse",
    "AvanceRemboursee",
    "AvanceVersee",
    "AvoirEmis",
    "Canal",
    "CautionInformee",
    "CessationActivite",
    "ChargeDepens",
    "ChargeFrais",
    "ChefJugement",
    "ContestationClose",
    "ContestationRecue",
    "CourrierAnnule",
    "CourrierApprouve",
    "CourrierNonDistribue",
    "CourrierNonReclame",
    "CourrierPoste",
    "CourrierPresente",
    "CourrierRecu",
    "CourrierRefuse",
    "CreanceCedee",
    "CreanceNee",
    "DebiteurDecrit",
    "DecisionAneantie",
    "DecisionExecutoire",
    "DelaiDeGrace",
    "Detenteur",
    "DossierEfface",
    "DouteRejet",
    "EcheancePlan",
    "Etape",
    "EtapeFranchie",
    "Fait",
    "FaitAnnule",
    "FaitDeProcedure",
    "FaitDossier",
    "FraisExpose",
    "FraisMisACharge",
    "IssueAppel",
    "IssueContestation",
    "JugementRendu",
    "JugementSignifie",
    "MajorationFixee",
    "MandatRevoque",
    "MandatSigne",
    "MentionFacture",
    "ModeEnvoi",
    "ModeSignification",
    "MotifAneantissement",
    "NatureDecision",
    "NatureFrais",
    "NaturePiece",
    "NoteAjoutee",
    "OrigineEcheance",
    "PaiementRecu",
    "PaiementRejete",
    "PartieAuPlan",
    "PersonneDecedee",
    "PersonneDechargee",
    "PersonneEnProcedure",
    "PersonneTenue",
    "PieceJointe",
    "PlanConvenu",
    "PlanMisEnDemeure",
    "PlanRompu",
    "PorteeDecharge",
    "PosteRenonce",
    "PrelevementOrdonne",
    "PrelevementRejete",
    "PrelevementsAnnonces",
    "ProcedureAbandonnee",
    "ProcedureCollectiveOuverte",
    "ProcedureOuverte",
    "PromesseRecue",
    "Qualification",
    "Reclamation",
    "ReclamationDecidee",
    "RegimeChef",
    "RejetSignale",
    "RelanceFaite",
    "RenonciationFaite",
    "RolePersonne",
    "SchemaSepa",
    "SequenceSepa",
    "SignalEcarte",
    "SolvabiliteConstatee",
    "SorteInsolvabilite",
    "StatutFactureRecu",
    "SurendettementRecevable",
    "SuspensionDecidee",
    "SuspensionGarantsLevee",
    "SuspensionLevee",
    "TropPercuRembourse",
    "VirementOrdonne",
    "VisiteFaite",
]


# --- Reminders and letters --------------------------------------------------------------------------------------------


class RelanceFaite(Fait, frozen=True, tag="relance_faite"):
    """A courtesy note or reminder that left. `anterieure`: before the dossier was kept here."""

    etape: Etape
    canal: Canal
    creances: tuple[str, ...]
    destinataire: str = ""
    texte: str = ""
    piece: str = ""
    anterieure: bool = False


class AppelPasse(Fait, frozen=True, tag="appel_passe"):
    """A telephone call and its report."""

    creances: tuple[str, ...]
    issue: IssueAppel
    interlocuteur: str = ""
    compte_rendu: str = ""


class CourrierApprouve(Fait, frozen=True, tag="courrier_approuve"):
    """A letter that a person approved: its exact bytes are `piece` (SHA-256). Nothing legal runs from it yet.

    `version_texte`: the number of the creditor's own wording, 0 for ours. `reponses`: what was answered, by question.
    """

    courrier: str
    acte: str
    piece: str
    creances: tuple[str, ...]
    montant: Decimal
    delai_jours: int
    destinataire: str
    derogations: tuple[str, ...] = ()
    version_texte: int = 0
    reponses: tuple[tuple[str, str], ...] = ()


class CourrierAnnule(Fait, frozen=True, tag="courrier_annule"):
    """An approved letter that will not leave."""

    courrier: str
    motif: str


class CourrierPoste(Fait, frozen=True, tag="courrier_poste"):
    """A letter that left on the effect day. `anterieur`: posted before the dossier was kept here, without our bytes."""

    courrier: str
    acte: str
    creances: tuple[str, ...]
    mode: ModeEnvoi
    numero: str = ""
    anterieur: bool = False


class CourrierPresente(Fait, frozen=True, tag="courrier_presente"):
    """First presentation at the addressee's, on the effect day."""

    courrier: str
    piece: str = ""


class CourrierRecu(Fait, frozen=True, tag="courrier_recu"):
    """Handed over and signed for, on the effect day; `presente_le` if it was first presented earlier."""

    courrier: str
    presente_le: date | None = None
    piece: str = ""


class CourrierRefuse(Fait, frozen=True, tag="courrier_refuse"):
    """Refused by the addressee, on the effect day."""

    courrier: str
    presente_le: date | None = None
    piece: str = ""


class CourrierNonReclame(Fait, frozen=True, tag="courrier_non_reclame"):
    """Returned unclaimed, on the effect day."""

    courrier: str
    presente_le: date | None = None
    piece: str = ""


class CourrierNonDistribue(Fait, frozen=True, tag="courrier_non_distribue"):
    """Returned because the address is wrong: it put nobody on notice."""

    courrier: str
    motif: str = ""
    piece: str = ""


# --- What suspends ----------------------------------------------------------------------------------------------------


class ContestationRecue(Fait, frozen=True, tag="contestation_recue"):
    """The debtor disputes claims, wholly (`montant` None) or for a part.

    A part given for several claims is held on each of them: which one it bears on is not said, and no disputed euro may
    be claimed while it is in dispute. Whoever knows how it divides records one dispute a claim.
    """

    cle: str
    creances: tuple[str, ...]
    motif: str
    montant: Decimal | None = None
    piece: str = ""


class ContestationClose(Fait, frozen=True, tag="contestation_close"):
    """A dispute that is settled."""

    contestation: str
    issue: IssueContestation
    commentaire: str = ""


class SuspensionDecidee(Fait, frozen=True, tag="suspension_decidee"):
    """« Ne pas relancer »: no claim named means all of them; `jusqu_au` included, None until lifted."""

    cle: str
    motif: str
    creances: tuple[str, ...] = ()
    jusqu_au: date | None = None


class SuspensionLevee(Fait, frozen=True, tag="suspension_levee"):
    """End of a « ne pas relancer »."""

    suspension: str
    motif: str = ""


class ProcedureCollectiveOuverte(Fait, frozen=True, tag="procedure_collective_ouverte"):
    """Safeguard, receivership or liquidation of the debtor, judged on the effect day."""

    nature: str
    publication: date | None = None
    mandataire: str = ""
    piece: str = ""


class SurendettementRecevable(Fait, frozen=True, tag="surendettement_recevable"):
    """Over-indebtedness file of a consumer held admissible on the effect day."""

    commission: str = ""
    piece: str = ""


# --- Work, notes, corrections -----------------------------------------------------------------------------------------


class ActionReportee(Fait, frozen=True, tag="action_reportee"):
    """A step put off by a person until `jusqu_au` (it comes back on that day)."""

    etape: Etape
    creances: tuple[str, ...]
    jusqu_au: date
    motif: str = ""


class ActionIgnoree(Fait, frozen=True, tag="action_ignoree"):
    """A step that a person decided not to take for these claims."""

    etape: Etape
    creances: tuple[str, ...]
    motif: str


class NoteAjoutee(Fait, frozen=True, tag="note_ajoutee"):
    """A free note."""

    texte: str


class FaitAnnule(Fait, frozen=True, tag="fait_annule"):
    """Says that the fact named by `Inscription.corrige` never was: a mistake, said by whom and why."""

    motif: str


FaitDossier = (
    DebiteurDecrit
    | CreanceNee
    | AvoirEmis
    | PaiementRecu
    | PaiementRejete
    | ReclamationDecidee
    | RelanceFaite
    | AppelPasse
    | CourrierApprouve
    | CourrierAnnule
    | CourrierPoste
    | CourrierPresente
    | CourrierRecu
    | CourrierRefuse
    | CourrierNonReclame
    | CourrierNonDistribue
    | PromesseRecue
    | ContestationRecue
    | ContestationClose
    | PlanConvenu
    | PlanMisEnDemeure
    | PlanRompu
    | SuspensionDecidee
    | SuspensionLevee
    | ProcedureCollectiveOuverte
    | SurendettementRecevable
    | ProcedureOuverte
    | EtapeFranchie
    | ProcedureAbandonnee
    | ActionReportee
    | ActionIgnoree
    | NoteAjoutee
    | PieceJointe
    | ActeProduit
    | PersonneTenue
    | PersonneDechargee
    | CautionInformee
    | PersonneEnProcedure
    | SuspensionGarantsLevee
    | PersonneDecedee
    | CessationActivite
    | AdresseChangee
    | VisiteFaite
    | SolvabiliteConstatee
    | CreanceCedee
    | RenonciationFaite
    | JugementRendu
    | JugementSignifie
    | DecisionExecutoire
    | DecisionAneantie
    | MajorationFixee
    | FraisExpose
    | FraisMisACharge
    | AvanceVersee
    | AvanceRemboursee
    | MandatSigne
    | MandatRevoque
    | PrelevementsAnnonces
    | PrelevementOrdonne
    | PrelevementRejete
    | TropPercuRembourse
    | VirementOrdonne
    | StatutFactureRecu
    | RejetSignale
    | SignalEcarte
    | DossierEfface
    | FaitAnnule
)

"""Plan what a file says of claims, credit notes and payments. The same line again changes nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import msgspec

from exigible.bureau.imports.a_part import find_prefixe, hold, hold_absente, is_avance_sans_client, lift
from exigible.bureau.imports.connu import Cible
from exigible.bureau.imports.debiteurs import Annuaire
from exigible.bureau.imports.plan import Issue, LignePlan, Objet, Plan, Question
from exigible.bureau.imports.reglements import Reglements, make_cle_acompte, plan_reglements, write_provenance
from exigible.bureau.imports.reprises import Reprises
from exigible.bureau.journal.services import FaitAEcrire
from exigible.dossier.courriers import MISE_EN_DEMEURE
from exigible.dossier.faits import (
    AvoirEmis,
    Canal,
    CourrierPoste,
    CreanceNee,
    Etape,
    ModeEnvoi,
    OrigineEcheance,
    PaiementRecu,
    RelanceFaite,
)
from exigible.dossier.journal import Inscription
from exigible.dossier.texte import normalize
from exigible.droit.phrase import Phrase, phrase
from exigible.echanges.enregistrements import CreanceLue

_ARRONDI = Decimal("0.01")
"""What is left to pay may pass the total by what rounding adds."""


@dataclass(frozen=True, slots=True)
class Reponses:
    """What the user answered for the whole file, and the day of the import."""

    aujourd_hui: date
    conditions: str = ""
    deja_envoye: Etape | None = None
    deja_envoye_le: date | None = None


class PlanCreances:
    """Plans the claims of one file into `plan`."""

    def __init__(self, plan: Plan, annuaire: Annuaire, reponses: Reponses) -> None:
        self._plan = plan
        self._annuaire = annuaire
        self._reponses = reponses
        self._envois: defaultdict[tuple[int, Etape, date], list[str]] = defaultdict(list)
        self._cibles: dict[int, Cible] = {}
        self._noms: Counter[tuple[int, str]] = Counter()
        self._creees: dict[tuple[int, str], CreanceNee] = {}
        self._places = self._sans_echeance = 0
        self._anciens = False
        self._reprises = Reprises(annuaire, ())

    def plan_all(self, creances: Sequence[CreanceLue], *, anciens: bool = False) -> None:
        """Plan every line of a file; `anciens`: newer books are known, which these ones do not correct."""
        self._anciens = anciens
        self._reprises = Reprises(self._annuaire, creances)
        for place, lue in enumerate(creances, self._places):
            refus = _find_refus(lue)
            if refus:
                self._add(Issue.REFUSE, lue, raison=refus)
                continue
            cible = self._annuaire.find(lue.debiteur) or self._annuaire.open(lue.debiteur, f"creance-{place}")
            if cible.panne:
                self._add(Issue.REFUSE, lue, raison=cible.panne)
                continue
            self._cibles[id(cible)] = cible
            if lue.nature == "facture":
                self._plan_facture(cible, lue)
            elif lue.nature == "avoir":
                self._plan_avoir(cible, lue)
            else:
                self._plan_acompte(cible, lue)
        self._places += len(creances)
        self._sans_echeance += sum(
            c.nature == "facture" and c.date_echeance is None and not c.a_nouveau for c in creances
        )

    def plan_plus_recentes(self, comptabilites: Sequence[Sequence[CreanceLue]]) -> None:
        """Take from newer books, read again, what they say of the claims that this import creates.

        One that the last of them does not know, and none says to be closed, is held: it is paid, perhaps.
        """
        confirmees: set[tuple[int, str]] = set()
        for creances in comptabilites:
            confirmees = {qui for qui in confirmees if self._is_payee(*qui)} | self._take(creances)
        self._hold_absentes([qui for qui in self._creees if qui not in confirmees])

    def _is_payee(self, qui: int, cle: str) -> bool:
        nouvelle = self._creees[qui, cle]
        return self._cibles[qui].sum_prevu(cle) >= nouvelle.montant

    def _take(self, creances: Sequence[CreanceLue]) -> set[tuple[int, str]]:
        """Take what one ledger says; return the claims that it knows."""
        vues: set[tuple[int, str]] = set()
        numeros = {normalize(creance.numero) for creance in self._creees.values()}
        for lue in creances:
            utile = lue.nature == "facture" and normalize(lue.numero) in numeros
            cible = self._annuaire.find(lue.debiteur) if utile else None
            nouvelle = cible.find_nouvelle(lue.numero) if cible else None
            if cible is None or nouvelle is None or (id(cible), nouvelle.cle) not in self._creees:
                continue
            vues.add((id(cible), nouvelle.cle))
            plan_reglements(
                cible,
                lue,
                nouvelle.cle,
                nouvelle.emission,
                montant=nouvelle.montant,
                connu=cible.sum_prevu(nouvelle.cle),
            )
        return vues

    def _hold_absentes(self, absentes: Sequence[tuple[int, str]]) -> None:
        for qui, cle in absentes:
            hold_absente(self._cibles[qui], cle, cle.removeprefix("f-"), self._reponses.aujourd_hui)
        if absentes:
            self._plan.remarques.append(
                phrase(
                    "Factures que votre comptabilité plus récente ne connaît plus, payées sans doute : {nombre}. Elles "
                    "entrent, et ne seront pas relancées avant que vous les ayez vérifiées.",
                    nombre=len(absentes),
                )
            )

    def close(self) -> None:
        """Write what was already sent, and ask for the terms of sale."""
        self._write_envois()
        if self._sans_echeance:
            self._plan.questions.append(Question("conditions", _ask_conditions(self._sans_echeance)))

    def _add(self, issue: Issue, lue: CreanceLue, raison: str = "", objet: Objet | None = None) -> None:
        objets = {"facture": Objet.CREANCE, "avoir": Objet.AVOIR, "acompte": Objet.PAIEMENT}
        self._plan.lignes.append(
            LignePlan(
                issue,
                objet or objets[lue.nature],
                lue.origine.ligne,
                libelle=lue.numero,
                debiteur=lue.debiteur.nom,
                montant=lue.reste_du,
                jour=lue.date_emission,
                echeance=lue.date_echeance,
                raison=raison,
            )
        )

    # --- Invoices -----------------------------------------------------------------------------------------------------

    def _plan_facture(self, cible: Cible, lue: CreanceLue) -> None:
        connue, deja = cible.find_creance(lue.numero), cible.find_nouvelle(lue.numero)
        if deja is not None:
            meme = deja.montant == lue.montant_ttc and deja.emission == lue.date_emission
            if meme:
                self._add(Issue.INCHANGE, lue, phrase("déjà dans ce fichier"))
            else:
                self._add(Issue.REFUSE, lue, phrase("le même numéro est plus haut dans ce fichier, autrement"))
        elif connue is not None:
            self._plan_connue(cible, lue, connue)
        elif cible.is_annulee(lue.numero):
            self._add(Issue.INCHANGE, lue, phrase("annulée par une personne"))
        elif lue.reste_du == 0:
            if lue.compte is None:  # a ledger gives its closed invoices for those that bear the number of one we know
                self._add(Issue.INCHANGE, lue, phrase("déjà soldée : rien à recouvrer"))
        elif reprise := self._reprises.find(cible, lue):
            self._add(Issue.INCHANGE if reprise.egale else Issue.REFUSE, lue, reprise.raison)
        else:
            self._plan_nouvelle(cible, lue)

    def _plan_nouvelle(self, cible: Cible, lue: CreanceLue) -> None:
        creance = self._make_creance(lue)
        cible.add(FaitAEcrire(creance, lue.date_emission))
        self._creees[id(cible), creance.cle] = creance
        regles = plan_reglements(cible, lue, creance.cle, lue.date_emission, montant=lue.montant_ttc)
        self._note_envoi(cible, lue, creance.cle)
        tenue = hold(cible, creance.cle, lue, self._reponses.aujourd_hui) if find_prefixe(lue) else None
        sans_echeance = lue.motif_sans_echeance if lue.date_echeance is None else None
        self._add(Issue.CREE, lue, _join(sans_echeance, tenue, regles.describe_perte()))

    def _make_creance(self, lue: CreanceLue) -> CreanceNee:
        calculee = lue.echeance_calculee
        return CreanceNee(
            cle=f"f-{lue.numero}",
            numero=lue.numero,
            emission=lue.date_emission,
            montant=lue.montant_ttc,
            echeance=lue.date_echeance,
            origine_echeance=OrigineEcheance.CONDITIONS_DE_VENTE if calculee else OrigineEcheance.FACTURE,
            conditions=self._reponses.conditions if calculee else "",
            execution=lue.date_execution,
            libelle=lue.libelle,
            provenance=write_provenance(lue),
            emission_connue=not lue.a_nouveau,
        )

    def _plan_connue(self, cible: Cible, lue: CreanceLue, connue: Inscription) -> None:
        """Plan a line about a claim that the journal holds: corrected only if the file says something new of it."""
        actuelle = connue.fait
        if not isinstance(actuelle, CreanceNee):
            return
        corrigee = actuelle if self._keeps(actuelle, lue) else self._correct(actuelle, lue)
        deja_dit = any(_say(v) == _say(corrigee) for v in cible.list_versions(actuelle.cle))
        self._note_envoi(cible, lue, actuelle.cle)
        changement = None
        if not deja_dit:
            cible.add(FaitAEcrire(corrigee, lue.date_emission, corrige=connue.rang))
            changement = _say_changements(actuelle, corrigee)
        retrouvee = not actuelle.emission_connue and not lue.a_nouveau
        if retrouvee and not deja_dit:  # what was left at the opening is ours: what came before it was paid before it
            lue = msgspec.structs.replace(lue, reste_du=actuelle.montant)
            regles = plan_reglements(cible, lue, actuelle.cle, lue.date_emission, montant=corrigee.montant)
        elif retrouvee:
            regles = Reglements()
        else:
            montant = actuelle.montant if lue.a_nouveau else max(lue.montant_ttc, lue.reste_du)
            connu, repli = cible.sum_regle(actuelle.cle), cible.find_dernier_etat(actuelle.cle)
            regles = plan_reglements(cible, lue, actuelle.cle, repli, montant=montant, connu=connu)
        tenue = self._hold_or_lift(cible, lue, actuelle.cle)
        if changement or tenue:
            self._add(Issue.MODIFIE, lue, _join(changement, tenue))
        if regles.ecrit:
            objet = Objet.PAIEMENT if regles.paye else Objet.AVOIR
            self._add(Issue.CREE, lue, _join(regles.describe(), regles.describe_perte()), objet)
        elif not changement and not tenue:
            self._add(Issue.INCHANGE, lue, _join(regles.describe_perte()))

    def _keeps(self, actuelle: CreanceNee, lue: CreanceLue) -> bool:
        """Whether a claim stays as it is said: by an opening balance that only knows what is left, by older books."""
        return (lue.a_nouveau and lue.date_echeance is None) or (self._anciens and actuelle.emission_connue)

    def _correct(self, actuelle: CreanceNee, lue: CreanceLue) -> CreanceNee:
        echeance = None if lue.echeance_calculee else lue.date_echeance
        if lue.a_nouveau:
            return msgspec.structs.replace(actuelle, echeance=actuelle.echeance or echeance)
        corrigee = msgspec.structs.replace(
            actuelle,
            montant=lue.montant_ttc,
            emission=lue.date_emission,
            echeance=echeance or actuelle.echeance,
            emission_connue=True,
        )
        if actuelle.echeance is None and lue.echeance_calculee:
            corrigee = msgspec.structs.replace(
                corrigee,
                echeance=lue.date_echeance,
                origine_echeance=OrigineEcheance.CONDITIONS_DE_VENTE,
                conditions=self._reponses.conditions,
            )
        return corrigee

    def _hold_or_lift(self, cible: Cible, lue: CreanceLue, cle: str) -> Phrase | None:
        if self._anciens or lue.compte is None or lue.reste_du == 0:
            return None
        jour = self._reponses.aujourd_hui
        return hold(cible, cle, lue, jour) if find_prefixe(lue) else lift(cible, lue, jour)

    # --- Credits ------------------------------------------------------------------------------------------------------

    def _name(self, cible: Cible, cle: str) -> str:
        """Name a credit by what it says and its rank among equals: two like ones of a file are two, and stay two."""
        self._noms[id(cible), cle] += 1
        rang = self._noms[id(cible), cle]
        return cle if rang == 1 else f"{cle}-{rang}"

    def _plan_avoir(self, cible: Cible, lue: CreanceLue) -> None:
        if cible.has_avoir(lue.numero):
            self._add(Issue.INCHANGE, lue)
            return
        avoir = AvoirEmis(
            cle=self._name(cible, f"v-{lue.numero}"),
            numero=lue.numero,
            montant=abs(lue.reste_du),
            provenance=write_provenance(lue),
        )
        cible.add(FaitAEcrire(avoir, lue.date_emission))
        self._add(Issue.CREE, lue)

    def _plan_acompte(self, cible: Cible, lue: CreanceLue) -> None:
        montant = abs(lue.reste_du)
        cle = self._name(cible, make_cle_acompte(lue.numero, lue.date_emission, montant))
        if cible.has_paiement(cle):
            self._add(Issue.INCHANGE, lue)
        elif cible.knows_versement(lue.date_emission, montant):
            self._add(Issue.INCHANGE, lue, phrase("déjà connu par le relevé bancaire"))
        else:
            provenance = f"{write_provenance(lue)} ; non affecté par les livres"
            paiement = PaiementRecu(cle=cle, montant=montant, provenance=provenance)
            cible.add(FaitAEcrire(paiement, lue.date_emission))
            self._add(Issue.CREE, lue, phrase("règlement non affecté : imputé selon la loi"))

    # --- What was already sent ----------------------------------------------------------------------------------------

    def _note_envoi(self, cible: Cible, lue: CreanceLue, cle: str) -> None:
        etape = Etape(lue.deja_envoye) if lue.deja_envoye else self._reponses.deja_envoye
        if etape is None or cible.has_etape(etape, cle):
            return
        dit = lue.date_envoi if lue.deja_envoye else self._reponses.deja_envoye_le
        aujourd_hui = self._reponses.aujourd_hui
        if dit is not None and dit > aujourd_hui:
            self._plan.remarques.append(
                phrase(
                    "Facture {numero} : l'envoi daté du {jour}, dans l'avenir, n'est pas repris.",
                    numero=lue.numero,
                    jour=dit,
                )
            )
            return
        if dit is None:
            self._plan.remarques.append(
                phrase(
                    "Facture {numero} : la date de l'envoi déjà fait n'est pas dite, il est compté d'aujourd'hui.",
                    numero=lue.numero,
                )
            )
        self._envois[id(cible), etape, dit or aujourd_hui].append(cle)

    def _write_envois(self) -> None:
        """Write one fact by debtor, step and day: a letter speaks of several invoices."""
        for (qui, etape, jour), cles in self._envois.items():
            cible = self._cibles[qui]
            if etape is Etape.MISE_EN_DEMEURE:
                fait = CourrierPoste(
                    courrier=f"anterieur-{jour:%Y%m%d}-{cles[0]}",
                    acte=MISE_EN_DEMEURE,
                    creances=tuple(cles),
                    mode=ModeEnvoi.LETTRE_SIMPLE,
                    anterieur=True,
                )
                cible.add(FaitAEcrire(fait, jour))
            else:
                canal = Canal.COURRIEL if cible.debiteur.courriel else Canal.LETTRE
                relance = RelanceFaite(etape=etape, canal=canal, creances=tuple(cles), anterieure=True)
                cible.add(FaitAEcrire(relance, jour))


def _find_refus(lue: CreanceLue) -> str:
    """Say why a line cannot enter, or nothing."""
    if lue.devise != "EUR":
        return phrase("montant en {devise} : seules les créances en euros sont suivies", devise=lue.devise)
    if is_avance_sans_client(lue):
        return phrase("avance reçue sans que la comptabilité dise de quel client : dites à qui elle est")
    return phrase("sans numéro") if not lue.numero.strip() else _find_montant_refuse(lue)


def _find_montant_refuse(lue: CreanceLue) -> str:
    if lue.nature == "facture" and lue.montant_ttc <= 0:
        return phrase("montant nul ou négatif sans être un avoir")
    if lue.nature == "facture" and not 0 <= lue.reste_du <= lue.montant_ttc + _ARRONDI:
        return phrase("reste dû négatif ou supérieur au montant")
    if lue.nature != "facture" and lue.reste_du == 0:
        return phrase("montant nul")
    return ""


def _join(*raisons: str | None) -> str:
    dites = tuple(r for r in raisons if r)
    return dites[0] if len(dites) == 1 else phrase("{raisons}", raisons=dites) if dites else ""


def _say(creance: CreanceNee) -> tuple[Decimal, date, date | None]:
    return creance.montant, creance.emission, creance.echeance


def _ask_conditions(nombre: int) -> Phrase:
    if nombre == 1:
        return phrase(
            "1 facture sans échéance : indiquez vos conditions de vente, sinon elle restera à compléter et ne sera pas "
            "relancée."
        )
    return phrase(
        "{nombre} factures sans échéance : indiquez vos conditions de vente, sinon elles resteront à compléter et rien "
        "ne sera relancé.",
        nombre=nombre,
    )


def _say_changements(avant: CreanceNee, apres: CreanceNee) -> Phrase:
    changements = []
    if avant.montant != apres.montant:
        changements.append(phrase("montant {avant} → {apres}", avant=avant.montant, apres=apres.montant))
    if avant.emission != apres.emission:
        changements.append(phrase("date {avant} → {apres}", avant=avant.emission, apres=apres.emission))
    if avant.echeance != apres.echeance and apres.echeance is not None:
        ancienne = avant.echeance or phrase("inconnue")
        changements.append(phrase("échéance {avant} → {apres}", avant=ancienne, apres=apres.echeance))
    return phrase("corrigée : {changements}", changements=tuple(changements))

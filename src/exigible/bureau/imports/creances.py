"""Plan what a file says of claims, credit notes and payments. The same line again changes nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import msgspec

from exigible.bureau.imports.connu import Cible
from exigible.bureau.imports.debiteurs import Annuaire
from exigible.bureau.imports.plan import Issue, LignePlan, Objet, Plan, Question
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
from exigible.droit.argent import ZERO
from exigible.droit.phrase import Phrase, phrase
from exigible.echanges.enregistrements import CreanceLue

_ANTERIEURS = (
    "règlements antérieurs à la reprise, dates inconnues : comptés au jour de la facture (lecture la plus basse)"
)
_DEPUIS = "règlements reçus depuis la reprise, dates inconnues : comptés au jour où la facture était encore due"


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

    def plan_all(self, creances: tuple[CreanceLue, ...]) -> None:
        """Plan every line, then what was already sent about them."""
        for lue in creances:
            refus = _find_refus(lue)
            if refus:
                self._add(Issue.REFUSE, lue, raison=refus)
                continue
            cible = self._annuaire.find(lue.debiteur) or self._annuaire.open(lue.debiteur)
            self._cibles[id(cible)] = cible
            if lue.nature == "facture":
                self._plan_facture(cible, lue)
            elif lue.nature == "avoir":
                self._plan_avoir(cible, lue)
            else:
                self._plan_acompte(cible, lue)
        self._write_envois()
        sans_echeance = [c for c in creances if c.nature == "facture" and c.date_echeance is None]
        if sans_echeance:
            self._plan.questions.append(Question("conditions", _ask_conditions(len(sans_echeance))))

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
            self._add(Issue.INCHANGE, lue, phrase("déjà soldée : rien à recouvrer"))
        else:
            creance = self._make_creance(lue)
            cible.add(FaitAEcrire(creance, lue.date_emission))
            self._plan_reglements(cible, lue, creance.cle, ZERO, lue.date_emission)
            self._note_envoi(cible, lue, creance.cle)
            self._add(Issue.CREE, lue, lue.motif_sans_echeance or "" if lue.date_echeance is None else "")

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
            provenance=_write_provenance(lue),
        )

    def _plan_connue(self, cible: Cible, lue: CreanceLue, connue: Inscription) -> None:
        """Plan a line about a claim that the journal holds: corrected only if the file says something new of it."""
        actuelle = connue.fait
        if not isinstance(actuelle, CreanceNee):
            return
        echeance = None if lue.echeance_calculee else lue.date_echeance
        corrigee = msgspec.structs.replace(
            actuelle, montant=lue.montant_ttc, emission=lue.date_emission, echeance=echeance or actuelle.echeance
        )
        if actuelle.echeance is None and lue.echeance_calculee:
            corrigee = msgspec.structs.replace(
                corrigee,
                echeance=lue.date_echeance,
                origine_echeance=OrigineEcheance.CONDITIONS_DE_VENTE,
                conditions=self._reponses.conditions,
            )
        deja_dit = any(
            (v.montant, v.emission, v.echeance) == (corrigee.montant, corrigee.emission, corrigee.echeance)
            for v in cible.list_versions(actuelle.cle)
        )
        self._note_envoi(cible, lue, actuelle.cle)
        if not deja_dit:
            cible.add(FaitAEcrire(corrigee, lue.date_emission, corrige=connue.rang))
            self._add(Issue.MODIFIE, lue, _say_changements(actuelle, corrigee))
        regle = cible.sum_regle(actuelle.cle)
        paye = self._plan_reglements(cible, lue, actuelle.cle, regle, cible.find_dernier_etat(actuelle.cle))
        if paye:
            raison = phrase("{montant} réglés depuis la dernière reprise", montant=paye)
            self._add(Issue.CREE, lue, raison, Objet.PAIEMENT)
        elif deja_dit:
            self._add(Issue.INCHANGE, lue)

    def _plan_reglements(self, cible: Cible, lue: CreanceLue, cle: str, connu: Decimal, repli: date) -> Decimal:
        """Plan what was paid on a claim beyond `connu`, so that the books' balance is ours. Return how much it is."""
        restant = max(lue.montant_ttc - lue.reste_du - connu, ZERO)
        ecrit = ZERO
        for rang, reglement in enumerate(lue.reglements, 1):
            cle_paiement = f"r-{lue.numero}-{reglement.date:%Y%m%d}-{rang}"
            if cible.has_paiement(cle_paiement) or not 0 < reglement.montant <= restant:
                continue
            if cible.knows_versement(reglement.date, reglement.montant):
                # The bank brought it already: on a new claim it was credited to the account as a whole.
                restant -= ZERO if connu else reglement.montant
                continue
            restant -= reglement.montant
            ecrit += reglement.montant
            self._pay(cible, cle_paiement, reglement.montant, (cle,), reglement.date, _write_provenance(lue))
        cle_paiement = f"a-{lue.numero}-{lue.reste_du}"
        if restant > 0 and not cible.has_paiement(cle_paiement):
            pourquoi = _ANTERIEURS if repli == lue.date_emission else _DEPUIS
            self._pay(cible, cle_paiement, restant, (cle,), repli, f"{_write_provenance(lue)} ; {pourquoi}")
            ecrit += restant
        return ecrit

    def _pay(
        self, cible: Cible, cle: str, montant: Decimal, creances: tuple[str, ...], jour: date, provenance: str
    ) -> None:
        paiement = PaiementRecu(cle=cle, montant=montant, creances=creances, provenance=provenance)
        cible.add(FaitAEcrire(paiement, jour))

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
            provenance=_write_provenance(lue),
        )
        cible.add(FaitAEcrire(avoir, lue.date_emission))
        self._add(Issue.CREE, lue)

    def _plan_acompte(self, cible: Cible, lue: CreanceLue) -> None:
        montant = abs(lue.reste_du)
        cle = self._name(cible, f"c-{lue.numero}-{lue.date_emission:%Y%m%d}-{montant}")
        if cible.has_paiement(cle):
            self._add(Issue.INCHANGE, lue)
        elif cible.knows_versement(lue.date_emission, montant):
            self._add(Issue.INCHANGE, lue, phrase("déjà connu par le relevé bancaire"))
        else:
            self._pay(
                cible, cle, montant, (), lue.date_emission, f"{_write_provenance(lue)} ; non affecté par les livres"
            )
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
    if not lue.numero.strip():
        return phrase("sans numéro")
    if lue.nature == "facture" and lue.montant_ttc <= 0:
        return phrase("montant nul ou négatif sans être un avoir")
    if lue.nature == "facture" and not 0 <= lue.reste_du <= lue.montant_ttc:
        return phrase("reste dû négatif ou supérieur au montant")
    if lue.nature != "facture" and lue.reste_du == 0:
        return phrase("montant nul")
    return ""


def _write_provenance(lue: CreanceLue) -> str:
    ou = f", ligne {lue.origine.ligne}" if lue.origine.ligne else ""
    return f"{lue.origine.fichier}{ou}"


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

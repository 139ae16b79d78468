"""Whom a line of a file is about: by code, else SIREN, else exact name, within the creditor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date

import msgspec

from exigible.bureau import horloge
from exigible.bureau.imports.a_part import is_avance_sans_client
from exigible.bureau.imports.annulation import find_oublies, forget_annulees
from exigible.bureau.imports.connu import Cible
from exigible.bureau.imports.models import MemeClient
from exigible.bureau.imports.plan import Issue, LignePlan, Objet, Plan, Question
from exigible.bureau.tiers.lecture import load_etats, read_journaux_des_dossiers
from exigible.bureau.tiers.models import Creancier, Dossier
from exigible.bureau.tiers.revalorisation import PANNES
from exigible.dossier.faits import Adresse, DebiteurDecrit
from exigible.dossier.journal import list_effectives
from exigible.dossier.texte import normalize
from exigible.droit.phrase import Phrase, phrase
from exigible.droit.regimes import QualitePartie
from exigible.echanges.enregistrements import FichierLu, Tiers

_CHAMPS = {
    "nom": phrase("nom"),
    "qualite": phrase("qualité"),
    "code": phrase("code client"),
    "siren": "SIREN",
    "forme": phrase("forme juridique"),
    "adresse": phrase("adresse"),
    "courriel": phrase("courriel"),
    "telephone": phrase("téléphone"),
    "iban": "IBAN",
}
"""What a file may say of a debtor, and how it is called."""

_QUALITE = phrase(
    "La qualité de ces débiteurs n'est pas connue : rien ne partira avant de dire s'ils sont professionnels, "
    "consommateurs ou publics."
)
_QUALITE_SIREN = phrase(
    "Ces débiteurs ont un numéro SIREN, signe d'une entreprise, mais le fichier ne dit pas leur qualité : "
    "« professionnel » est proposé, à confirmer."
)
_PAYS = phrase(
    "Le fichier ne dit pas le pays de ces débiteurs, et leur numéro de TVA ou leur compte est étranger : ils entrent "
    "en France, corrigez leur pays dans leur dossier s'il le faut."
)
_ADRESSE = phrase(
    "L'adresse de ces débiteurs manque ou n'est pas complète : aucun courrier ne pourra leur être adressé."
)


class Annuaire:
    """The debtors of a creditor, and those that the file brings."""

    def __init__(self, creancier: Creancier, lus: Sequence[FichierLu], cites: Collection[object] = ()) -> None:
        """Read those of whom the files speak, and those whose dossier (`cites`) holds an invoice they speak of."""
        self._oublies = find_oublies(creancier)
        self._dossiers = list(Dossier.objects.filter(creancier=creancier).select_related("creancier", "chaine"))
        self._par_cle: defaultdict[tuple[str, str], list[Cible | Dossier]] = defaultdict(list)
        fondus = _read_fondus(creancier, self._dossiers)
        self._alias = {d.debiteur_code for d in self._dossiers if d.pk in fondus and d.debiteur_code}
        for dossier in self._dossiers:
            self._index(fondus.get(dossier.pk, dossier), dossier.debiteur_code, dossier.siren, dossier.debiteur_nom)
        self._cibles: dict[object, Cible] = {}
        self.nouvelles: list[Cible] = []
        self._rangs: dict[str, int] = {}
        nommes = self._search_all(t for lu in lus for t in list_tiers(lu))
        presents = {d.pk for d in nommes}
        self._load(nommes + [d for d in self._dossiers if d.pk in cites and d.pk not in presents])

    def _index(self, qui: Cible | Dossier, code: str, siren: str, nom: str) -> None:
        for sorte, valeur in (("code", code.strip()), ("siren", siren), ("nom", normalize(nom))):
            if valeur and all(autre is not qui for autre in self._par_cle[sorte, valeur]):
                self._par_cle[sorte, valeur].append(qui)

    def _search_all(self, tiers: Iterable[Tiers]) -> list[Dossier]:
        trouves = {id(d): d for t in tiers if isinstance(d := self._search(t), Dossier)}
        return list(trouves.values())

    def _load(self, dossiers: list[Dossier]) -> None:
        """Read the journals of the dossiers concerned, all at once."""
        try:
            journaux = read_journaux_des_dossiers(dossiers)
            etats = load_etats(dossiers)
        except PANNES:
            if len(dossiers) == 1:
                self._set_aside(dossiers[0])
                return
            for dossier in dossiers:
                self._load([dossier])
            return
        for dossier in dossiers:
            if dossier.pk not in etats:
                self._set_aside(dossier)
                continue
            oublies = self._oublies.get(dossier.chaine_id, set())
            inscriptions = forget_annulees(journaux.of_dossier(dossier), oublies)
            descriptions = [
                i.fait for i in list_effectives(inscriptions, horloge.today()) if isinstance(i.fait, DebiteurDecrit)
            ]
            debiteur = descriptions[-1] if descriptions else DebiteurDecrit(nom=dossier.debiteur_nom)
            self._cibles[dossier.pk] = Cible(debiteur, dossier, inscriptions, etats[dossier.pk])

    def _set_aside(self, dossier: Dossier) -> None:
        """Keep a dossier that cannot be read out of the import, instead of taking it for empty."""
        panne = phrase(
            "le dossier {reference} ne peut pas être lu : réparez-le, puis importez à nouveau",
            reference=dossier.reference,
        )
        self._cibles[dossier.pk] = Cible(DebiteurDecrit(nom=dossier.debiteur_nom), dossier, panne=panne)

    def find(self, tiers: Tiers) -> Cible | None:
        """Find the debtor that a line names, known or already brought by this file."""
        trouve = self._search(tiers)
        if not isinstance(trouve, Dossier):
            return trouve
        if trouve.pk not in self._cibles:  # of whom only newer books, read again, speak
            self._load([trouve])
        return self._cibles[trouve.pk]

    def open(self, tiers: Tiers, origine: str) -> Cible:
        """Bring a debtor that nobody knows yet; `origine`: the place of the file that does."""
        cible = Cible(make_debiteur(tiers), origine=origine)
        self.nouvelles.append(cible)
        self._index(cible, cible.debiteur.code, cible.debiteur.siren, cible.debiteur.nom)
        return cible

    def describe(self, tiers: Tiers) -> DebiteurDecrit:
        """Describe a debtor as the file does; the code of a dossier put into another does not replace the other's."""
        decrit = make_debiteur(tiers)
        return msgspec.structs.replace(decrit, code="") if decrit.code in self._alias else decrit

    def name_origine(self, lu: FichierLu, place: int) -> str:
        """Name the place of a debtor in a file, by the rank of the file among those of an archive."""
        rang = self._rangs.setdefault(lu.nom, len(self._rangs))
        return f"tiers-{rang}-{place}" if rang else f"tiers-{place}"

    def list_cibles(self) -> list[Cible]:
        """List all the debtors that the file concerns."""
        return [*self._cibles.values(), *self.nouvelles]

    def _search(self, tiers: Tiers) -> Cible | Dossier | None:
        code, siren = (tiers.code or "").strip(), tiers.siren or ""
        for sorte, valeur in (("code", code), ("siren", siren), ("nom", normalize(tiers.nom))):
            compatibles = [q for q in self._par_cle.get((sorte, valeur), ()) if _is_compatible(q, sorte, code, siren)]
            if len(compatibles) == 1:
                return compatibles[0]
        return None


def _read_fondus(creancier: Creancier, dossiers: Iterable[Dossier]) -> dict[object, Dossier]:
    """Read which dossier holds what another did, since a person put them together."""
    par_cle = {d.pk: d for d in dossiers}
    lies = MemeClient.objects.filter(creancier=creancier, distincts=False, separe_le__isnull=True)
    return {absorbe: par_cle[garde] for absorbe, garde in lies.values_list("absorbe_id", "garde_id")}


def _is_compatible(qui: Cible | Dossier, sorte: str, code: str, siren: str) -> bool:
    """Refuse a likeness that another identifier contradicts: two customers may bear the same name."""
    sien_code = qui.debiteur_code if isinstance(qui, Dossier) else qui.debiteur.code
    sien_siren = qui.siren if isinstance(qui, Dossier) else qui.debiteur.siren
    code_contraire = sorte == "nom" and bool(code and sien_code and code != sien_code)
    return not (code_contraire or (siren and sien_siren and siren != sien_siren))


def make_debiteur(tiers: Tiers) -> DebiteurDecrit:
    """Describe a debtor as the file does. A quality that it does not state stays unknown: it is never guessed."""
    return DebiteurDecrit(
        nom=tiers.nom,
        qualite=QualitePartie(tiers.qualite) if tiers.qualite else QualitePartie.INCONNUE,
        code=tiers.code or "",
        siren=tiers.siren or (tiers.siret or "")[:9],
        forme=tiers.forme or "",
        adresse=Adresse(
            lignes=tiers.adresse,
            code_postal=tiers.code_postal or "",
            ville=tiers.ville or "",
            pays=tiers.pays or "FR",
        ),
        courriel=tiers.email or "",
        telephone=tiers.telephone or "",
        iban=tiers.iban or "",
    )


def list_tiers(lu: FichierLu) -> list[Tiers]:
    """List the parties of a file: those of its list, then the debtor of each claim; nobody for advances of nobody."""
    a_part = (c.debiteur for c in lu.a_part if not is_avance_sans_client(c))
    return [*lu.tiers, *(c.debiteur for c in lu.creances), *a_part]


def plan_tiers(plan: Plan, annuaire: Annuaire, lu: FichierLu, jour: date, *, liste_de_tiers: bool) -> None:
    """Plan what the file says of debtors. A list of parties replaces what it states; other files only fill blanks.

    `jour`: the day from which what is said holds.
    """
    for place, tiers in enumerate(list_tiers(lu)):
        cible = annuaire.find(tiers)
        if cible is not None and cible.panne:
            if liste_de_tiers:
                plan.lignes.append(_make_ligne(Issue.REFUSE, tiers, cible.panne))
            continue
        if cible is None:
            annuaire.open(tiers, annuaire.name_origine(lu, place))
            if liste_de_tiers:
                plan.lignes.append(_make_ligne(Issue.CREE, tiers))
            continue
        complete = _complete(cible, annuaire.describe(tiers), remplace=liste_de_tiers)
        if complete is None:
            if liste_de_tiers:
                plan.lignes.append(_make_ligne(Issue.INCHANGE, tiers))
            continue
        champs = tuple(nom for c, nom in _CHAMPS.items() if getattr(complete, c) != getattr(cible.debiteur, c))
        cible.debiteur = complete
        if cible.dossier is not None:
            cible.describe(complete, jour)
            plan.lignes.append(_make_ligne(Issue.MODIFIE, tiers, phrase("mis à jour : {champs}", champs=champs)))


def _complete(cible: Cible, lu: DebiteurDecrit, *, remplace: bool) -> DebiteurDecrit | None:
    """Return the description that results, or None when the file brings nothing new.

    What the file already said once is not said again: a person may have corrected it since.
    """
    dits = {c: getattr(lu, c) for c in _CHAMPS if _is_dit(lu, c)}
    if any(all(getattr(d, c) == v for c, v in dits.items()) for d in cible.list_descriptions()):
        return None
    nouveaux = {c: v for c, v in dits.items() if remplace or not _is_dit(cible.debiteur, c)}
    complete = msgspec.structs.replace(cible.debiteur, **nouveaux)
    return None if complete == cible.debiteur else complete


def _is_dit(debiteur: DebiteurDecrit, champ: str) -> bool:
    if champ == "qualite":
        return debiteur.qualite is not QualitePartie.INCONNUE
    if champ == "adresse":
        return bool(debiteur.adresse.lignes or debiteur.adresse.ville or debiteur.adresse.code_postal)
    return bool(getattr(debiteur, champ))


def _make_ligne(issue: Issue, tiers: Tiers, raison: str = "") -> LignePlan:
    return LignePlan(
        issue, Objet.DEBITEUR, tiers.origine.ligne, libelle=tiers.code or "", debiteur=tiers.nom, raison=raison
    )


def ask_pays(plan: Plan, lus: Sequence[FichierLu]) -> None:
    """Ask about the debtors whom a VAT number or an account places abroad, when the file gives no country."""
    noms = {t.nom for lu in lus for t in list_tiers(lu) if t.pays_propose not in {None, "FR"}}
    if noms:
        plan.questions.append(Question("pays", _PAYS, tuple(sorted(noms))))


def ask_manques(plan: Plan) -> None:
    """Ask what is missing of the debtors concerned before anything may leave."""
    manques: dict[str, tuple[Phrase, Callable[[DebiteurDecrit], bool]]] = {
        "qualite": (_QUALITE, lambda d: d.qualite is QualitePartie.INCONNUE and not d.siren),
        "qualite_siren": (_QUALITE_SIREN, lambda d: d.qualite is QualitePartie.INCONNUE and bool(d.siren)),
        "adresse": (_ADRESSE, lambda d: not d.adresse.complete),
    }
    for code, (question, manque) in manques.items():
        noms = tuple(sorted({c.nom for c in plan.cibles if manque(c.debiteur)}))
        if noms:
            plan.questions.append(Question(code, question, noms))

"""What each person liable may be asked for on the day, and why: the debtor, co-debtors, sureties, guarantors.

Each has an account of its own: the same claims and payments (what one pays, the others no longer owe: C. civ. 1313,
1342-1), its own decisions, and only the stops of interest that benefit it. Careful: never above the debt itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal

import msgspec

from exigible.dossier.faits import (
    DEBITEUR,
    Adresse,
    AdresseChangee,
    CautionInformee,
    CreanceNee,
    ProcedureCollectiveOuverte,
    RolePersonne,
    SolvabiliteConstatee,
)
from exigible.dossier.obligation.etat import BaseDecompte, EtatPersonne, EtatTitre, Moyens, RaisonPersonne
from exigible.dossier.obligation.evenements import Compte, find_origine
from exigible.dossier.obligation.frais import list_frais
from exigible.dossier.obligation.obliges import (
    CAUTIONS,
    CODEBITEURS,
    Oblige,
    find_decharge,
    is_conjoint,
    list_obliges,
    make_partage,
    sum_paye,
)
from exigible.dossier.obligation.poursuites import FaitsVus, find_empechements, list_reserves
from exigible.dossier.obligation.succession import CompteSuivi, repeat_imputations
from exigible.dossier.obligation.titre import Decision, describe_titres, list_chefs, list_decisions, names_nothing
from exigible.dossier.obligation.titre_prescription import time_titres
from exigible.dossier.releve import Contexte, follow_creances
from exigible.dossier.surendettement import PeriodeSurendettement
from exigible.dossier.suspensions import Faits
from exigible.droit.argent import CENTIME, ZERO
from exigible.droit.caution import DefautInformation, compute_decompte_caution
from exigible.droit.decompte import Decompte
from exigible.droit.erreurs import Avertissement
from exigible.droit.information_caution import compute_defauts
from exigible.droit.interets import QualiteCreancier
from exigible.droit.jours import add_mois
from exigible.droit.phrase import phrase


class _Part(msgspec.Struct, frozen=True):
    """What a person owes on one claim, head or cost: the amount, whether it is due today, since when it was owed."""

    cle: str
    montant: Decimal
    exigible: bool
    nee: date


@dataclass(frozen=True, slots=True)
class _Dette:
    """What a person owes, part by part, and the most that it owes in all (None: no limit)."""

    parts: tuple[_Part, ...]
    limite: Decimal | None = None
    decompte: Decompte | None = None
    titres: tuple[str, ...] = ()
    raisons: tuple[RaisonPersonne, ...] = ()
    plafond_restant: Decimal | None = None
    decisions: tuple[EtatTitre, ...] = ()
    base: BaseDecompte = field(default_factory=BaseDecompte)

    @property
    def du(self) -> Decimal:
        return self.bound(sum((p.montant for p in self.parts), ZERO))

    def bound(self, montant: Decimal) -> Decimal:
        return montant if self.limite is None else min(montant, self.limite)

    def lower(self, limite: Decimal) -> _Dette:
        return replace(self, limite=self.bound(limite))


def fold_personnes(contexte: Contexte, principal: Decompte) -> tuple[EtatPersonne, ...]:
    """Return the debtor, then the others in the order they were recorded. `principal`: the statement of the debt."""
    obliges = list_obliges(contexte.faits)
    conjoints = [o.fait.cle for o in obliges.values() if is_conjoint(o)]
    dettes = {DEBITEUR: _value_debiteur(contexte, obliges, principal, divisee=bool(conjoints))}
    dettes |= {cle: _value(contexte, oblige, obliges, principal) for cle, oblige in obliges.items()}
    if conjoints:
        a_part = {cle for cle in dettes if _stands_apart(contexte, cle)}
        _limit_ensemble(dettes, [c for c in (DEBITEUR, *conjoints) if c not in a_part], principal.total_du)
    collectives = bool(contexte.faits.list(ProcedureCollectiveOuverte))
    if not collectives and not contexte.faits.list(PeriodeSurendettement):
        dettes = {cle: _limit(dette, obliges.get(cle), dettes, principal) for cle, dette in dettes.items()}
    return tuple(_describe(contexte, cle, dette, obliges) for cle, dette in dettes.items())


def _limit(dette: _Dette, oblige: Oblige | None, dettes: dict[str, _Dette], principal: Decompte) -> _Dette:
    """Ask nobody for more than the debt, save what a decision puts on him."""
    if oblige is None or dette.titres:
        return dette
    solidaire = oblige.fait.role is RolePersonne.CODEBITEUR_SOLIDAIRE
    return dette.lower(dettes[DEBITEUR].du if solidaire else principal.total_du)


def _stands_apart(contexte: Contexte, personne: str) -> bool:
    """Whether a person owes no share to add to those of the others: let go, or condemned for the whole."""
    decisions = list_decisions(contexte.faits, personne, contexte.procedures)
    return find_decharge(contexte.faits, personne) is not None or any(
        d.fait.solidaire and d.effective for d in decisions
    )


def _limit_ensemble(dettes: dict[str, _Dette], cles: Sequence[str], total: Decimal) -> None:
    """Keep the shares of a joint debt, together, within what is still owed: one of them may have paid too much."""
    somme = sum((dettes[cle].du for cle in cles), ZERO)
    if somme > total:
        for cle in cles:
            part = (dettes[cle].du * total / somme).quantize(CENTIME, rounding=ROUND_FLOOR)
            dettes[cle] = dettes[cle].lower(part)


def warn_personnes(personnes: Sequence[EtatPersonne]) -> Iterator[Avertissement]:
    """Say that the statement is that of the whole debt when the debtor owes a share of it only."""
    if any(p.role is RolePersonne.CODEBITEUR_CONJOINT for p in personnes):
        message = phrase(
            "La dette se divise entre plusieurs débiteurs : le décompte est celui de toute la dette, dont le débiteur "
            "ne doit que {du} (C. civ. 1309).",
            du=personnes[0].du,
        )
        yield Avertissement("dette_conjointe", message, {"du": str(personnes[0].du)})


# --- The account of each ----------------------------------------------------------------------------------------------


def _value_debiteur(contexte: Contexte, obliges: dict[str, Oblige], principal: Decompte, *, divisee: bool) -> _Dette:
    creances = contexte.faits.list(CreanceNee)
    decompte, base = principal, contexte.reclame
    if divisee:
        partage = make_partage(tuple(obliges.values()), creances, DEBITEUR)
        compte = replace(contexte.compte, partage=partage)
        suivi = follow_creances(replace(contexte, compte=compte, avertissements=[]))
        decompte, base = suivi.decompte, BaseDecompte(suivi.creances, suivi.versements)
    decisions = contexte.compte.decisions
    parts = _read_parts(contexte, decompte, creances, decisions)
    return _Dette(parts, decompte=decompte, titres=_list_cles(decisions), base=base)


def _value(contexte: Contexte, oblige: Oblige, obliges: dict[str, Oblige], principal: Decompte) -> _Dette:
    fait = oblige.fait
    if fait.role is RolePersonne.GARANT_AUTONOME:
        return _value_garant(contexte, oblige, principal)
    vue, creances = _look_as(contexte, oblige, obliges), contexte.faits.list(CreanceNee)
    couvertes, decisions = [c for c in creances if oblige.covers(c)], vue.compte.decisions
    suivi = follow_creances(vue)
    dette = _Dette(
        _read_parts(vue, suivi.decompte, couvertes, decisions),
        decompte=suivi.decompte,
        titres=_list_cles(decisions),
        decisions=time_titres(vue, describe_titres(decisions, suivi.creances, suivi.decompte), suivi.decompte),
        base=BaseDecompte(suivi.creances, suivi.versements),
    )
    if fait.role in CAUTIONS:
        dette = _forfeit(vue, oblige, suivi, dette)
    if not decisions and contexte.compte.decisions:
        dette = dette.lower(_measure_condamnation(vue, contexte.compte, couvertes))
    return _apply_plafond(contexte.faits, oblige, dette) if fait.role in CAUTIONS else dette


def _look_as(contexte: Contexte, oblige: Oblige, obliges: dict[str, Oblige]) -> Contexte:
    """Return the dossier as it stands towards another person."""
    cle, tous = oblige.fait.cle, tuple(obliges.values())
    decisions = list_decisions(contexte.faits, cle, contexte.procedures)
    conjoint = oblige.fait.role is RolePersonne.CODEBITEUR_CONJOINT
    divisee = oblige.fait.role in CODEBITEURS and any(is_conjoint(o) for o in tous)
    partage = make_partage(tous, contexte.faits.list(CreanceNee), cle) if divisee else None
    return replace(
        contexte,
        faits=FaitsVus(contexte.faits, oblige),
        compte=Compte(cle, decisions, tous, partage),
        # a joint debtor is put on notice for himself only
        mises_en_demeure={} if conjoint else contexte.mises_en_demeure,
        frais=list_frais(contexte.faits, decisions, contexte.au),
        avertissements=[],
    )


def _value_garant(contexte: Contexte, oblige: Oblige, principal: Decompte) -> _Dette:
    """A guarantor owes the sum promised; asking more than the debt would be an abuse (C. civ. 2321)."""
    restant = _find_plafond_restant(contexte.faits, oblige)
    couvertes = [c for c in contexte.faits.list(CreanceNee) if oblige.covers(c)]
    parts = _read_parts(contexte, principal, couvertes, contexte.compte.decisions)
    dette = _Dette(
        parts,
        titres=_list_cles(list_decisions(contexte.faits, oblige.fait.cle, contexte.procedures)),
        plafond_restant=restant,
    )
    if restant is None:
        message = phrase("La somme promise n'est pas connue : rien ne peut être demandé.")
        return replace(dette, limite=ZERO, raisons=(RaisonPersonne("plafond_inconnu", message, "C. civ. 2321"),))
    return dette.lower(restant)


def _measure_condamnation(vue: Contexte, compte: Compte, couvertes: Sequence[CreanceNee]) -> Decimal:
    """Return what is owed on these claims under the decisions against the debtor: no more is asked of another."""
    suivi = follow_creances(replace(vue, compte=replace(compte, personne=vue.compte.personne), frais=()))
    cles = {c.cle for c in couvertes} | {
        chef.cle
        for decision in compte.decisions
        for chef in list_chefs(decision)
        if names_nothing(decision) or {c.cle for c in couvertes} & set(chef.creances)
    }
    return sum((s.total for s in suivi.decompte.soldes if s.cle in cles), ZERO)


def _read_parts(
    contexte: Contexte, decompte: Decompte, couvertes: Sequence[CreanceNee], decisions: Sequence[Decision]
) -> tuple[_Part, ...]:
    """Return what a statement says is owed on these claims, on the heads of these decisions, and in costs."""
    creances = contexte.faits.list(CreanceNee)
    nees = {c.cle: min(c.execution or c.emission, c.emission) for c in couvertes}
    echeances = {c.cle: c.echeance or date.max for c in couvertes}
    for decision in decisions:
        origine = find_origine(decision, creances)
        reporte = decision.is_reportee(contexte.au)
        for chef in list_chefs(decision):
            nees[chef.cle] = min(origine.execution or origine.emission, origine.emission)
            echeances[chef.cle] = date.max if reporte else decision.jour
    frais = {ligne.cle: ligne.jour for ligne in contexte.frais}
    return tuple(
        _Part(s.cle, s.total, s.cle in frais or echeances[s.cle] < contexte.au, frais.get(s.cle) or nees[s.cle])
        for s in decompte.soldes
        if s.total > 0 and (s.cle in nees or s.cle in frais)
    )


def _list_cles(decisions: Sequence[Decision]) -> tuple[str, ...]:
    return tuple(d.fait.cle for d in decisions)


# --- Sureties ---------------------------------------------------------------------------------------------------------


def _forfeit(vue: Contexte, oblige: Oblige, suivi: CompteSuivi, dette: _Dette) -> _Dette:
    """Take off what the creditor forfeited by not telling the surety what he must (C. civ. 2302, 2303)."""
    defauts = _find_defauts(vue, oblige, suivi)
    if not defauts:
        return dette
    versements = repeat_imputations(suivi)
    reduites = {
        creance.cle: compute_decompte_caution(
            creance.cle,
            [creance],
            [v for v in versements if v.creances == (creance.cle,)],
            vue.au,
            defauts,
            provisoire=vue.provisoire,
            arreter_au_dernier_connu=not vue.provisoire,
        ).total_du
        for creance in suivi.creances
        if creance.echeance < date.max and any(p.cle == creance.cle for p in dette.parts)
    }  # without a due date, a claim bears neither interest nor penalty: there is nothing to forfeit
    message = phrase(
        "Elle n'a pas été informée {periodes} : les intérêts et pénalités de ces jours sont perdus à son égard, et les "
        "paiements y éteignent d'abord le principal.",
        periodes=tuple(_write_periode(d) for d in defauts),
    )
    return replace(
        dette,
        parts=tuple(
            msgspec.structs.replace(p, montant=min(p.montant, reduites.get(p.cle, p.montant))) for p in dette.parts
        ),
        raisons=(*dette.raisons, RaisonPersonne("caution_non_informee", message, "C. civ. 2302 et 2303")),
    )


def _write_periode(defaut: DefautInformation) -> str:
    if defaut.au is None:
        return phrase("depuis le {du}", du=defaut.du)
    return phrase("du {du} au {au}", du=defaut.du, au=defaut.au)


def _find_defauts(vue: Contexte, oblige: Oblige, suivi: CompteSuivi) -> tuple[DefautInformation, ...]:
    """Only a professional owes these informations, and only to a natural person; not known counts as one."""
    professionnel = vue.creancier.description.qualite is QualiteCreancier.PROFESSIONNEL
    if not professionnel or oblige.fait.personne_physique is False:
        return ()
    informations = [jour for jour, f in vue.faits.dated(CautionInformee) if f.personne == oblige.fait.cle]
    incident = _find_incident(vue, oblige, suivi.decompte)
    return compute_defauts(oblige.depuis, informations, incident, vue.au)


def _find_incident(vue: Contexte, oblige: Oblige, decompte: Decompte) -> date | None:
    """Return the first due date, since the surety, of a claim still unpaid a month later."""
    jours = []
    for creance in vue.faits.list(CreanceNee):
        if creance.echeance is None or creance.echeance < oblige.depuis or not oblige.covers(creance):
            continue
        limite = add_mois(creance.echeance, 1)
        paye = sum((i.principal for i in decompte.imputations if i.creance == creance.cle and i.date <= limite), ZERO)
        initial = next((s.principal_initial for s in decompte.soldes if s.cle == creance.cle), ZERO)
        if initial > paye:
            jours.append(creance.echeance)
    return min(jours, default=None)


def _apply_plafond(faits: Faits, oblige: Oblige, dette: _Dette) -> _Dette:
    restant = _find_plafond_restant(faits, oblige)
    if restant is None:
        return dette
    dette = replace(dette, plafond_restant=restant)
    if dette.du <= restant:
        return dette
    message = phrase("Elle s'est engagée pour {plafond} au plus, tout compris.", plafond=oblige.fait.plafond or ZERO)
    raisons = (*dette.raisons, RaisonPersonne("plafond", message, "C. civ. 2296 et 2297"))
    return replace(dette.lower(restant), raisons=raisons)


def _find_plafond_restant(faits: Faits, oblige: Oblige) -> Decimal | None:
    """Return what is left of the most that a person owes, after what it paid itself."""
    if oblige.fait.plafond is None:
        return None
    return max(oblige.fait.plafond - sum_paye(faits, date.max, oblige.fait.cle), ZERO)


# --- What is shown ----------------------------------------------------------------------------------------------------


def _describe(contexte: Contexte, cle: str, dette: _Dette, obliges: dict[str, Oblige]) -> EtatPersonne:
    oblige = obliges.get(cle)
    empechements = list(find_empechements(contexte.faits, cle, oblige, contexte.au))
    libres = [p for p in dette.parts if not any(e.avant is None or p.nee < e.avant for e in empechements)]
    reclamable = dette.bound(sum((p.montant for p in libres if p.exigible), ZERO))
    libere = any(e.raison.code in _LIBERATIONS for e in empechements)
    raisons = [*dette.raisons, *(e.raison for e in empechements), *_list_reserves(oblige, obliges)]
    couvertes = [c.cle for c in contexte.faits.list(CreanceNee) if oblige is None or oblige.covers(c)]
    fait = oblige.fait if oblige else None
    return EtatPersonne(
        cle=cle,
        nom=fait.nom if fait else contexte.debiteur.nom,
        role=fait.role if fait else RolePersonne.DEBITEUR,
        creances=tuple(couvertes),
        du=ZERO if libere else dette.du,
        reclamable=reclamable,
        raisons=tuple(raisons),
        adresse=_find_adresse(contexte.faits, oblige) if oblige else contexte.debiteur.adresse,
        personne_physique=fait.personne_physique if fait else contexte.debiteur.personne_physique,
        plafond_restant=dette.plafond_restant,
        titres=dette.titres,
        decompte=dette.decompte,
        depuis=oblige.depuis if oblige else None,
        moyens=_find_moyens(contexte.faits, cle),
        decisions=dette.decisions,
        base=dette.base,
        courriel=fait.courriel if fait else contexte.debiteur.courriel,
        telephone=fait.telephone if fait else contexte.debiteur.telephone,
        siren=fait.siren if fait else contexte.debiteur.siren,
    )


def _find_moyens(faits: Faits, cle: str) -> Moyens:
    """Return what the last source said of each thing that may be seized; an empty key means the debtor."""
    constats = [f for _, f in faits.dated(SolvabiliteConstatee) if (f.personne or DEBITEUR) == cle]
    noms = ("banque", "employeur", "biens")
    connus = {nom: [dit for f in constats if (dit := _strip_lignes(getattr(f, nom)))] for nom in noms}
    return Moyens(**{nom: dits[-1] for nom, dits in connus.items() if dits})


def _strip_lignes(texte: str) -> str:
    return "\n".join(ligne.strip() for ligne in texte.splitlines() if ligne.strip())


def _find_adresse(faits: Faits, oblige: Oblige) -> Adresse:
    """Return the latest address known of a person: as it was described, or as it changed since."""
    changements = [
        f.adresse
        for jour, f in faits.dated(AdresseChangee)
        if f.personne == oblige.fait.cle and jour >= oblige.decrit_le
    ]
    return changements[-1] if changements else oblige.fait.adresse


_LIBERATIONS = frozenset({"dechargee", "remise_au_debiteur"})


def _list_reserves(oblige: Oblige | None, obliges: dict[str, Oblige]) -> Iterator[RaisonPersonne]:
    if oblige is not None:
        yield from list_reserves(oblige, sum(o.fait.role in CAUTIONS for o in obliges.values()))

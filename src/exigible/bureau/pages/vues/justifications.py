"""The sentences that justify the figures of a statement: each one says how it is obtained from the others shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exigible.bureau.pages.templatetags.exigible import jour, montant, taux
from exigible.bureau.phrases import translate_phrase
from exigible.dossier.etat import EtatDossier, MotifSuspension, Stade
from exigible.dossier.faits import Reclamation
from exigible.dossier.obligation.obliges import PREFIXE_ABANDON
from exigible.droit.argent import ZERO
from exigible.droit.decompte import Decompte, SoldeCreance
from exigible.droit.imputation import Imputation
from exigible.droit.interets import LigneInterets, Regime


def justify_ligne(ligne: LigneInterets) -> str:
    """The sentence that justifies a line's amount, such that anyone can redo it by hand."""
    duree = ngettext("%(n)s jour", "%(n)s jours", ligne.jours) % {"n": ligne.jours}
    return _(
        "%(base)s × %(taux)s × %(jours)s ÷ %(diviseur)s = %(montant)s : intérêts du %(du)s au %(au)s inclus sur ce qui"
        " restait dû du principal (%(duree)s). %(article)s. Taux : %(source)s."
    ) % {
        "base": montant(ligne.base),
        "taux": taux(ligne.taux),
        "jours": ligne.jours,
        "diviseur": ligne.diviseur,
        "montant": montant(ligne.montant),
        "du": jour(ligne.du),
        "au": jour(ligne.au),
        "duree": duree,
        "article": ligne.article,
        "source": translate_phrase(ligne.source),
    }


def justify_solde(etat: EtatDossier, solde: SoldeCreance, paiements: frozenset[str]) -> dict[str, str]:
    """The sentences of one invoice's row, by column. `paiements`: the keys of payments; the rest is credit notes."""
    imputations = [i for i in etat.decompte.imputations if i.creance == solde.cle]
    return {
        "principal": _justify_principal(etat, solde, imputations, paiements),
        "interets": _justify_interets(etat, solde),
        "indemnites": _justify_indemnites(etat, solde, imputations),
        "total": _add(
            (_("en principal"), solde.principal_restant),
            (_("intérêts"), solde.interets),
            (_("indemnité"), solde.indemnites),
            (_("frais"), solde.frais),
            total=solde.total,
        ),
    }


def justify_totaux(decompte: Decompte) -> dict[str, str]:
    """The sentences of the row of totals, by column."""
    soldes = decompte.soldes
    return {
        "principal": _add_lignes([s.principal_restant for s in soldes], decompte.principal),
        "interets": _add_lignes([s.interets for s in soldes], decompte.interets),
        "indemnites": _add_lignes([s.indemnites for s in soldes], decompte.indemnites),
        "total": _add_lignes([s.total for s in soldes], decompte.total_du),
        "courus": _add_lignes([ligne.montant for ligne in decompte.lignes], decompte.interets_courus),
    }


def justify_imputation(part: Imputation, paiements: frozenset[str]) -> dict[str, str]:
    """The sentences of one part of a payment, by column; a credit note lowers the principal only."""
    total = _add(
        (_("frais"), part.frais),
        (_("indemnité"), part.indemnites),
        (_("intérêts"), part.interets),
        (_("en principal"), part.principal),
        total=part.montant,
    )
    if part.versement.startswith(PREFIXE_ABANDON):
        abandon = _("Ce n’est pas un paiement : le créancier y a renoncé ce jour-là (C. civ. 1350).")
        return {"indemnites": abandon, "interets": abandon, "principal": abandon, "montant": total}
    if part.versement not in paiements:
        avoir = _("Un avoir s’impute sur le principal seul.")
        return {"indemnites": avoir, "interets": avoir, "principal": avoir, "montant": total}
    reste_interets = part.montant - part.frais - part.indemnites
    valeurs = {
        "montant": montant(part.montant),
        "indemnites": montant(part.indemnites),
        "reste": montant(reste_interets),
        "interets": montant(part.interets),
        "principal": montant(part.principal),
    }
    return {
        "indemnites": _(
            "Des %(montant)s imputés, %(indemnites)s vont à l’indemnité : après les frais, avant les intérêts et le"
            " principal."
        )
        % valeurs,
        "interets": _(
            "Des %(reste)s qui restaient après les frais et l’indemnité, %(interets)s vont aux intérêts, avant le"
            " principal (C. civ. 1343-1)."
        )
        % valeurs,
        "principal": _(
            "%(reste)s − %(interets)s d’intérêts = %(principal)s : le principal vient en dernier (C. civ. 1343-1)."
        )
        % valeurs,
        "montant": total,
    }


def _justify_principal(
    etat: EtatDossier, solde: SoldeCreance, imputations: Sequence[Imputation], paiements: frozenset[str]
) -> str:
    creance = next((c for c in etat.creances if c.cle == solde.cle), None)
    if creance is None:
        return _("%(initial)s − paiements et abandons imputés sur le principal %(payes)s = %(reste)s.") % {
            "initial": montant(solde.principal_initial),
            "payes": montant(solde.principal_initial - solde.principal_restant),
            "reste": montant(solde.principal_restant),
        }
    if creance.stade in {Stade.JUGEE, Stade.CEDEE}:
        return _("Zéro : une décision la remplace.") if creance.stade is Stade.JUGEE else _("Zéro : elle est cédée.")
    prix = creance.creance.montant
    payes = _sum(i.principal for i in imputations if i.versement in paiements)
    avoirs = prix - solde.principal_restant - payes
    return _(
        "Prix de la facture %(prix)s − avoirs %(avoirs)s − paiements imputés sur le principal %(payes)s = %(reste)s."
    ) % {
        "prix": montant(prix),
        "avoirs": montant(avoirs),
        "payes": montant(payes),
        "reste": montant(solde.principal_restant),
    }


def _justify_interets(etat: EtatDossier, solde: SoldeCreance) -> str:
    nombre = sum(1 for ligne in etat.decompte.lignes if ligne.creance == solde.cle)
    if nombre:
        return ngettext(
            "%(n)s ligne d’intérêts ci-dessous %(courus)s − intérêts déjà payés %(payes)s = %(reste)s.",
            "Somme des %(n)s lignes d’intérêts ci-dessous %(courus)s − intérêts déjà payés %(payes)s = %(reste)s.",
            nombre,
        ) % {
            "n": nombre,
            "courus": montant(solde.interets_courus),
            "payes": montant(solde.interets_courus - solde.interets),
            "reste": montant(solde.interets),
        }
    if not _is_facture(etat, solde):
        return _("Zéro : elle ne porte pas intérêt à ce jour.")
    if etat.penalites is not Reclamation.RECLAMER:
        return _("Zéro : dans ce dossier, les pénalités de retard ne sont pas réclamées.")
    if etat.au <= solde.echeance:
        return _("Zéro : la facture n’est pas échue.")
    return _("Zéro : aucune période d’intérêts n’est comptée sur cette facture à ce jour.")


def _is_facture(etat: EtatDossier, solde: SoldeCreance) -> bool:
    """Whether a line is an invoice still in the account, and not a head of a decision, a cost, or one that left."""
    return any(c.cle == solde.cle and c.stade not in {Stade.JUGEE, Stade.CEDEE} for c in etat.creances)


def _justify_indemnites(etat: EtatDossier, solde: SoldeCreance, imputations: Sequence[Imputation]) -> str:
    if not _is_facture(etat, solde):
        return _("Zéro : l’indemnité forfaitaire n’est due que sur une facture.")
    payees = _sum(i.indemnites for i in imputations)
    due = solde.indemnites + payees
    if due == ZERO:
        return _explain_sans_indemnite(etat, solde, imputations)
    article = "CCP D2192-35" if etat.regime.regime is Regime.PUBLIC else "C. com. D441-5"
    phrase = _("%(due)s par facture payée en retard (%(article)s).") % {"due": montant(due), "article": article}
    if payees:
        suite = _("Déjà payé : %(payees)s ; il reste %(reste)s.")
        phrase += " " + suite % {"payees": montant(payees), "reste": montant(solde.indemnites)}
    return phrase


def _explain_sans_indemnite(etat: EtatDossier, solde: SoldeCreance, imputations: Sequence[Imputation]) -> str:
    """Why an invoice bears no lump sum, read from the state; nothing is decided here."""
    if etat.indemnite is not Reclamation.RECLAMER:
        return _("Zéro : dans ce dossier, l’indemnité forfaitaire n’est pas réclamée.")
    if not etat.regime.indemnite:
        return _("Zéro : ce débiteur ne doit pas d’indemnité forfaitaire. %(motif)s") % {
            "motif": translate_phrase(etat.regime.motif)
        }
    if etat.au <= solde.echeance:
        return _("Zéro : la facture n’est pas échue.")
    if solde.principal_initial <= _sum(i.principal for i in imputations if i.date <= solde.echeance):
        return _("Zéro : la facture était soldée à son échéance.")
    suspensions = next(c.suspensions for c in etat.creances if c.cle == solde.cle)
    if any(s.motif is MotifSuspension.PROCEDURE_COLLECTIVE for s in suspensions):
        return _("Zéro : une procédure collective empêchait de payer à l’échéance (C. com. L441-10).")
    return _("Zéro : aucune indemnité forfaitaire n’est comptée sur cette facture.")


def _add(*termes: tuple[str, Decimal], total: Decimal) -> str:
    """« principal 10,00 € + intérêts 2,00 € = 12,00 € »; costs are named only when there are some."""
    utiles = [f"{nom} {montant(valeur)}" for nom, valeur in termes if valeur or nom != _("frais")]
    phrase = f"{' + '.join(utiles)} = {montant(total)}."
    return phrase[:1].upper() + phrase[1:]


def _add_lignes(valeurs: Sequence[Decimal], total: Decimal) -> str:
    return ngettext("Somme de %(n)s ligne : %(total)s.", "Somme des %(n)s lignes : %(total)s.", len(valeurs)) % {
        "n": len(valeurs),
        "total": montant(total),
    }


def _sum(montants: Iterable[Decimal]) -> Decimal:
    return sum(montants, ZERO)

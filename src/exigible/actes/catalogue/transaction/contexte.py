"""What a settlement adds: the sum agreed against the sum claimed, its instalments, who signs and countersigns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from exigible.actes.contexte import Contexte
from exigible.actes.controle import describe_creances
from exigible.actes.demande import Demande, list_creances_ouvertes
from exigible.actes.document import Signatures, make_texte
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.reponses import A_COMPLETER
from exigible.actes.sommes import SommeReclamee, compute_sommes_du_debiteur, find_part_du_debiteur
from exigible.actes.typst.texte import write_en_lettres, write_phrase
from exigible.actes.vocabulaire import build_vocabulaire
from exigible.actes.vocabulaire.accords import describe_accord, list_intervenants
from exigible.actes.vocabulaire.plans import build_echeancier
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import EcheancePlan
from exigible.dossier.plans.suivi import ENTRE_PROFESSIONNELS
from exigible.dossier.texte import count_jours
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.erreurs import ErreurExigible
from exigible.droit.jours import format_jour
from exigible.droit.partage import list_mensualites, split_montant
from exigible.droit.phrase import phrase, wrap_texte
from exigible.droit.plan import DELAI_CONSOMMATEUR
from exigible.droit.regimes import QualitePartie

_QUADRIENNALE = "article 2 de la loi n° 68-1250 du 31 décembre 1968"
_PUBLIC = (
    "la transaction d'une personne publique suit ses propres règles (délibération, contrôle de légalité, homologation "
    "par le juge administratif s'il y a lieu), qui n'ont pas été lues"
)


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Describe the settlement. Raises ErreurExigible (`acte_refuse`) when nothing is due."""
    sommes = _list_sommes(demande)
    vise = replace(demande, sommes=sommes)
    du = build_vocabulaire(vise)
    montant, nombre = demande.reponses.get("montant"), demande.reponses.get("nombre")
    premiere = demande.reponses.get("premiere")
    echeances: tuple[EcheancePlan, ...] = ()
    if isinstance(montant, Decimal) and isinstance(premiere, date):
        combien = nombre if isinstance(nombre, int) and nombre > 0 else 1
        jours = list_mensualites(premiere, combien)
        echeances = tuple(EcheancePlan(*paire) for paire in zip(jours, split_montant(montant, combien), strict=True))
    representant = "" if commun.faits["personne_physique"] else commun.valeurs["representant"]
    autres = list_intervenants(demande, cautions=True) if demande.reponses.get("intervenants") else ()
    delai = demande.reponses.get("delai_decheance")
    public = demande.etat.debiteur.qualite is QualitePartie.PERSONNE_PUBLIQUE
    accord = describe_accord(demande, representant, autres)
    return Contexte(
        du.add(accord).add(_describe(vise, commun, echeances)),
        preuves={
            nom: tuple(str(demande.reponses.get(nom) or commun.valeurs[nom]).splitlines())
            for nom in ("differend", "concession_creancier", "concession_debiteur")
        }
        | {
            "echeances": tuple(t for e in echeances for t in (format_jour(e.jour), format_montant(e.montant)))
            or ("les échéances",)
        },
        conformite={
            **describe_creances(demande.etat, sommes),
            **({"accord.delai_decheance_jours": delai} if isinstance(delai, int) else {}),
            "accord.type": "transaction",
            "accord.ecrit": True,
            "accord.concession_creancier": True,
            "accord.concession_debiteur": True,
            "accord.clause_prescription": False,
            "accord.moyen_impose": False,
            "accord.respecte": False,
            "contestation.reclamation_non_resolue": False,
            "creance.echue": True,
        },
        projet=(write_phrase(_PUBLIC),) if public else (),
        montant=montant if isinstance(montant, Decimal) else ZERO,
    )


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """The time that a notice leaves, each its own costs; the disputed claims alone when there are some."""
    delai = 8 if etat.debiteur.qualite in ENTRE_PROFESSIONNELS else DELAI_CONSOMMATEUR
    conteste = any(c.conteste > ZERO for c in etat.creances)
    return {"delai_decheance": str(delai), "frais": "chacun", **({"contestees_seules": "oui"} if conteste else {})}


def _list_sommes(demande: Demande) -> tuple[SommeReclamee, ...]:
    """List the claims settled, what is disputed included: it is what the parties settle about."""
    etat = demande.etat
    cles = list_creances_ouvertes(etat)
    if demande.reponses.get("contestees_seules"):
        contestees = {c.cle for c in etat.creances if c.conteste > ZERO}
        cles = tuple(cle for cle in cles if cle in contestees)
    if not cles:
        raise ErreurExigible(
            "acte_refuse",
            phrase("« {titre} » : aucune facture en cause n'est due.", titre=wrap_texte(demande.modele.titre)),
        )
    return compute_sommes_du_debiteur(etat, cles, sans_conteste=False)


def _check_marche(demande: Demande, convenu: Decimal) -> None:
    """Refuse a sum under what no creditor of a public contract may give up."""
    du = demande.totaux.interets + demande.totaux.indemnites
    if ZERO < convenu < du:
        raise ErreurExigible(
            "acte_refuse",
            phrase(
                "« {titre} » : la somme convenue ne couvre pas les intérêts moratoires et l'indemnité du marché "
                "public, {du}, auxquels un créancier ne peut pas renoncer.",
                titre=wrap_texte(demande.modele.titre),
                du=du,
            ),
            article="CCP L2192-14",
        )


def _describe(demande: Demande, commun: Vocabulaire, echeances: tuple[EcheancePlan, ...]) -> Vocabulaire:
    """Name the sum agreed, what is given up of it, the lawyers."""
    montant, delai = demande.reponses.get("montant"), demande.reponses.get("delai_decheance")
    convenu = montant if isinstance(montant, Decimal) else ZERO
    remise = demande.totaux.total - convenu
    au_marche = commun.faits["regime_public"]
    public = demande.etat.debiteur.qualite is QualitePartie.PERSONNE_PUBLIQUE
    if au_marche:
        _check_marche(demande, convenu)
    avocats = [commun.valeurs[nom] for nom in ("avocat_creancier", "avocat_debiteur")]
    cotes = ("Avocat du créancier", "Avocat du débiteur")
    trou = (make_texte(A_COMPLETER.format(libelle="les échéances")),)
    lettres = write_en_lettres(convenu)
    return Vocabulaire(
        {
            "montant_en_lettres": lettres if convenu else commun.valeurs["montant"],
            "remise": format_montant(remise),
            "accessoires_publics": format_montant(demande.totaux.interets + demande.totaux.indemnites),
            "taux_du_defaut": "des intérêts moratoires du marché" if au_marche else "légal",
            "article_prescription": write_phrase(_QUADRIENNALE if public else "article 2240 du code civil"),
            "delai_dit": count_jours(delai) if isinstance(delai, int) else commun.valeurs["delai_decheance"],
        },
        {
            "remise": convenu > ZERO and remise > ZERO,
            "contresignee": all(avocats),
            "homologuee_ailleurs": not all(avocats) and public,
            "homologuee_au_civil": not all(avocats) and not public,
            "part_seule": find_part_du_debiteur(demande.etat) is not None,
            "avec_tva": demande.etat.debiteur.qualite in ENTRE_PROFESSIONNELS and remise > ZERO and convenu > ZERO,
        },
        {
            "echeancier": (build_echeancier(echeances),) if echeances else trou,
            "signatures_des_avocats": (Signatures(tuple(zip(cotes, avocats, strict=True))),),
        },
    )

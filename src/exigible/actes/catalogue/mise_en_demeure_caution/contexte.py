"""What a formal notice to a surety adds: who it is, what it owes at most, what it may answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from msgspec import structs

from exigible.actes.contexte import Contexte
from exigible.actes.demande import Demande
from exigible.actes.document import Bloc, Note, ReglerPar, Somme, Sommes
from exigible.actes.donnees_personnelles import write_donnees_de_la_caution
from exigible.actes.lettre import build_paiement, list_adresse
from exigible.actes.mise_en_demeure.delai import DELAI_PARTICULIER, add_delai
from exigible.actes.mise_en_demeure.termes import build_termes, is_loyer
from exigible.actes.mise_en_demeure.vocabulaire import describe_dette
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import clean_texte, write_phrase
from exigible.actes.vocabulaire.cautions import propose_engagement
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import ModeEnvoi, RolePersonne
from exigible.dossier.obligation.etat import EtatPersonne
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.erreurs import Avertissement, ErreurExigible, ErreurSaisie
from exigible.droit.phrase import phrase, wrap_texte

_NON_INFORMEE = "caution_non_informee"
# What lowers what a surety owes, or lets it answer, without keeping it from being asked.
_RESERVES = frozenset({_NON_INFORMEE, "benefice_de_discussion", "benefice_de_division", "mention_absente"})
_CAUTIONS = frozenset({RolePersonne.CAUTION_SIMPLE, RolePersonne.CAUTION_SOLIDAIRE})


def build_contexte(demande: Demande, commun: Vocabulaire) -> Contexte:
    """Describe the surety. Raises ErreurSaisie (`caution_invalide`), ErreurExigible (`acte_refuse`)."""
    personne = _find_caution(demande)
    dette = describe_dette(demande)
    trou = commun.valeurs["caution"]
    reclame = _compute_reclame(demande, personne) if personne else ZERO
    physique = personne is not None and personne.personne_physique is not False
    ajout = Vocabulaire(
        {
            "reclame": format_montant(reclame) if personne else trou,
            "dans_la_limite": _write_limite(personne),
        },
        {
            "loyer": is_loyer(demande),
            "caution_solidaire": personne is not None and personne.role is RolePersonne.CAUTION_SOLIDAIRE,
            "caution_physique": physique,
            "caution_a_informer": physique and commun.faits["creancier_professionnel"],
            "plusieurs_cautions": sum(1 for p in demande.etat.personnes if p.role in _CAUTIONS) > 1,
            "reclame_en_partie": personne is not None and reclame < demande.totaux.total,
            "plafond_atteint": personne is not None and reclame == personne.plafond_restant,
            "interets_perdus": personne is not None and any(r.code == _NON_INFORMEE for r in personne.raisons),
        },
        _build_blocs(demande, dette, reclame),
    )
    fenetre = (clean_texte(personne.nom), *list_adresse(personne.adresse)) if personne else (trou,)
    contexte = replace(
        dette,
        vocabulaire=dette.vocabulaire.add(ajout),
        destinataire=fenetre,
        preuves={**dette.preuves, "destinataire": fenetre},
        conformite=_describe_conformite(personne, physique=physique),
        avertissements=(*dette.avertissements, *_warn(personne)),
        montant=reclame,
    )
    canal, delai = demande.reponses.get("canal"), demande.reponses.get("delai_jours")
    return add_delai(contexte, demande, canal, delai, commun.valeurs["delai_jours"])


def propose_reponses(etat: EtatDossier) -> Mapping[str, str]:
    """A registered letter, our usual delay, and the surety when there is only one."""
    cautions = [p.cle for p in etat.personnes if p.role in _CAUTIONS]
    seule = {"caution": cautions[0]} if len(cautions) == 1 else {}
    return {"canal": ModeEnvoi.LRAR.value, "delai_jours": str(DELAI_PARTICULIER), **seule, **propose_engagement(etat)}


def _find_caution(demande: Demande) -> EtatPersonne | None:
    choisie = demande.reponses.get("caution")
    if choisie is None:
        return None
    personne = next((p for p in demande.etat.personnes if p.cle == choisie), None)
    if personne is None or personne.role not in _CAUTIONS:
        raise ErreurSaisie(
            "caution_invalide",
            phrase("Cette personne ne s'est pas portée caution : choisissez-en une autre."),
            "caution",
        )
    return personne


def _compute_reclame(demande: Demande, personne: EtatPersonne) -> Decimal:
    """What may be asked of it for the claims chosen: never more than what it owes in all."""
    hors = [somme.numero for somme in demande.sommes if somme.cle not in personne.creances]
    if hors:
        raison = phrase("elle ne garantit pas la facture {numero} ; retirez-la.", numero=hors[0])
    elif personne.poursuivable:
        return min(personne.reclamable, demande.totaux.total)
    else:
        aucune = phrase("rien ne peut lui être réclamé aujourd'hui.")
        raison = next((r.phrase for r in personne.raisons if r.code not in _RESERVES), aucune)
    raise ErreurExigible(
        "acte_refuse",
        phrase("« {titre} » est refusé : {raison}", titre=wrap_texte(demande.modele.titre), raison=raison),
        regle="caution",
    )


def _warn(personne: EtatPersonne | None) -> tuple[Avertissement, ...]:
    """What the user must know of the surety, that the letter does not say against him."""
    raisons = personne.raisons if personne else ()
    return tuple(
        Avertissement(f"caution_{r.code.removeprefix('caution_')}", r.phrase, {"article": r.article}) for r in raisons
    )


def _write_limite(personne: EtatPersonne | None) -> str:
    if personne is None or personne.plafond_restant is None:
        return ""
    return write_phrase(", dans la limite de {plafond}, tout compris", plafond=format_montant(personne.plafond_restant))


def _build_blocs(demande: Demande, dette: Contexte, reclame: Decimal) -> dict[str, tuple[Bloc, ...]]:
    sommes = dette.vocabulaire.blocs["sommes"][0]
    blocs: dict[str, tuple[Bloc, ...]] = {
        "donnees_de_la_caution": (Note(write_donnees_de_la_caution(demande.etat)),),
        "paiement": (),
    }
    if isinstance(sommes, Sommes):
        total = structs.replace(sommes.total, libelle="Total dû par le débiteur")
        loyer = is_loyer(demande)
        lignes = tuple(_rename(s) if loyer and s.libelle == "Principal" else s for s in sommes.lignes)
        blocs["sommes"] = (Sommes(lignes, total),)
        if loyer:
            blocs["factures"] = (build_termes(demande),)
    if reclame > ZERO:
        blocs["paiement"] = (ReglerPar(build_paiement(demande.etat.creancier, reclame, demande.reference)[0]),)
    return blocs


def _rename(ligne: Somme) -> Somme:
    """The principal is rent and charges, not a price with its tax."""
    return Somme("Loyers et charges", "Reste dû sur les termes ci-dessus", ligne.montant)


def _describe_conformite(personne: EtatPersonne | None, *, physique: bool) -> dict[str, object]:
    """The letter goes to the surety: its own address, its own data; the debtor's insolvency is in what it owes."""
    return {
        "action.destinataire": "caution",
        "debiteur.personne_physique": physique,
        "debiteur.adresse_connue": personne is None or personne.adresse.complete,
        "procedure.collective_ouverte": False,
        "procedure.surendettement_recevable": False,
    }

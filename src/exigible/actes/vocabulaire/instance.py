"""What petitions have in common: the court, those sued, what was already tried, the interest still to run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from exigible.actes.demande import Demande, list_creances_ouvertes
from exigible.actes.document import Bloc, Liste, Partie, Signatures, Tableau
from exigible.actes.natures import find_noms
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import Fragment, Paragraphe, clean_texte, format_date_longue, write_phrase
from exigible.actes.vocabulaire.blocs import list_signataire
from exigible.actes.vocabulaire.historique import find_mise_en_demeure
from exigible.actes.vocabulaire.parties import (
    is_creancier_physique,
    is_personne_morale,
    write_lieu,
)
from exigible.actes.vocabulaire.poursuivi import list_identite
from exigible.actes.vocabulaire.sommes import compute_interets_par_jour, list_lignes, list_qui_courent
from exigible.dossier.conseil.qualites import find_qualite_creancier, find_qualite_debiteur
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import Etape, ModeEnvoi, RolePersonne
from exigible.dossier.obligation.etat import EtatPersonne
from exigible.dossier.texte import join_mots
from exigible.droit.argent import ZERO, format_montant, format_taux
from exigible.droit.competence import Competence, compute_competence
from exigible.droit.competence_faits import Demande as DemandeEnJustice
from exigible.droit.competence_faits import Juridiction, Objet
from exigible.droit.competence_lieu import find_lieu
from exigible.droit.durees import MOIS_PAR_AN, Duree, format_duree
from exigible.droit.erreurs import Avertissement, ErreurExigible, ErreurSaisie
from exigible.droit.interets import LigneInterets
from exigible.droit.jours import UN_JOUR, format_jour
from exigible.droit.phrase import phrase
from exigible.droit.prescription import Prescription

FRANCE = "FR"
_VOYELLES = frozenset("AEÉÈÊIÎOUY")
_OBJETS = {
    "loyer_habitation": Objet.BAIL_HABITATION,
    "loyer_commercial": Objet.BAIL_COMMERCIAL,
    "loyer_professionnel": Objet.BAIL_PROFESSIONNEL,
    "charges_copropriete": Objet.COPROPRIETE,
    "credit_consommation": Objet.CREDIT_CONSOMMATION,
}
_TRIBUNAUX = {
    Juridiction.TRIBUNAL_DE_COMMERCE: "commerce",
    Juridiction.TRIBUNAL_DES_ACTIVITES_ECONOMIQUES: "activites_economiques",
    Juridiction.TRIBUNAL_JUDICIAIRE: "judiciaire",
    Juridiction.JUGE_DES_CONTENTIEUX_DE_LA_PROTECTION: "protection",
}
_NOMS = {
    "commerce": "tribunal de commerce",
    "activites_economiques": "tribunal des activités économiques",
    "judiciaire": "tribunal judiciaire",
    "protection": "tribunal judiciaire",
    "proximite": "tribunal de proximité",
    "chambre_commerciale": "tribunal judiciaire",
}
_ROLES = {
    RolePersonne.CODEBITEUR_SOLIDAIRE: "codébiteur solidaire",
    RolePersonne.CODEBITEUR_CONJOINT: "codébiteur conjoint, pour sa seule part",
    RolePersonne.CAUTION_SOLIDAIRE: "caution solidaire du débiteur",
}
_MODES = {
    ModeEnvoi.LRAR: "lettre recommandée avec demande d'avis de réception",
    ModeEnvoi.LRE: "lettre recommandée électronique",
}


# ------------------------------------------------------------------------------------------------ the court


def find_competence(etat: EtatDossier) -> Competence | None:
    """Return the court of what is due and not paid; None when the dossier does not say enough to know it."""
    cles = list_creances_ouvertes(etat)
    montant = sum((c.total for c in etat.creances if c.cle in cles), ZERO)
    creancier = find_qualite_creancier(etat.creancier.description)
    debiteur = find_qualite_debiteur(etat.debiteur)
    if creancier is None or debiteur is None or montant <= ZERO:
        return None
    demande = DemandeEnJustice(
        creancier=creancier,
        debiteur=debiteur,
        montant=montant,
        objet=find_objet(etat),
        jour=etat.au,
        code_postal=_find_code_postal(etat),
    )
    try:
        return compute_competence(demande)
    except ErreurExigible:
        return None


def _find_code_postal(etat: EtatDossier) -> str | None:
    """The debtor's postcode, if it is a French one that the rules know."""
    adresse = etat.debiteur.adresse
    code = adresse.code_postal or None if adresse.pays == FRANCE else None
    try:
        find_lieu(code, etat.au)
    except ErreurSaisie:
        return None
    return code


def find_objet(etat: EtatDossier) -> Objet:
    """Say what the oldest open claim comes from, in the words of the rules of jurisdiction."""
    cles = list_creances_ouvertes(etat)
    natures = [c.creance.nature for c in etat.creances if c.cle in cles[:1]]
    return next((_OBJETS[nature] for nature in natures if nature in _OBJETS), Objet.FACTURE)


def propose_tribunal(etat: EtatDossier) -> dict[str, str]:
    """Answer `tribunal` and `siege` with what the rules of jurisdiction say of this dossier, when they do."""
    competence = find_competence(etat)
    if competence is None or competence.juridiction not in _TRIBUNAUX:
        return {}
    tribunal = _TRIBUNAUX[competence.juridiction]
    if competence.commerciale and competence.juridiction is Juridiction.TRIBUNAL_JUDICIAIRE:
        tribunal = "chambre_commerciale"
    siege = find_lieu(_find_code_postal(etat), etat.au).siege if competence.commerciale else ""
    return {"tribunal": tribunal, **({"siege": siege} if siege else {})}


def write_tribunal(tribunal: str, siege: str) -> str:
    """`tribunal de commerce de Testville`: the court chosen, at its seat."""
    nom = _NOMS[tribunal]
    if siege.startswith("Le "):
        return f"{nom} du {siege.removeprefix('Le ')}"
    return f"{nom} {_write_de(siege)}"


def _write_de(nom: str) -> str:
    """« d’Angeville », « de Testville »."""
    return f"d’{nom}" if nom[:1].upper() in _VOYELLES else f"de {nom}"


def write_du_tribunal(tribunal: str, siege: str) -> str:
    """The end of an address to a judge: « du tribunal de commerce de Testville »; the seat alone without a court."""
    return write_phrase("du {nom}", nom=write_tribunal(tribunal, siege)) if tribunal else siege


# ------------------------------------------------------------------------------------------------ the words


def describe_instance(demande: Demande, *, coobliges: bool = False) -> Vocabulaire:
    """Name what a petition says of those sued, of what was tried, of the interest to run.

    `coobliges`: the persons held with the debtor are sued too.
    """
    lignes = list_lignes_courantes(demande)
    autres = list_coobliges(demande) if coobliges else ()
    entiers = [p for p in autres if p.role is not RolePersonne.CODEBITEUR_CONJOINT]
    diligences = tuple(_iter_diligences(demande))
    return Vocabulaire(
        {
            "conteste": format_montant(sum((s.etat.conteste for s in demande.sommes), ZERO)),
            "fait_le": _write_fait_le(demande),
            "interets_des": format_jour(demande.etat.au + UN_JOUR),
            "lui_doivent": "lui doivent" if autres else "lui doit",
            "le_condamner": _write_condamner(autres),
            "prescription_ecrite": _write_prescription(demande),
            "les_tenus_du_tout": join_mots(
                [clean_texte(demande.etat.debiteur.nom), *(clean_texte(p.nom) for p in entiers)]
            ),
            "solidairement": " solidairement" if entiers else "",
            "les_debiteurs": join_mots([clean_texte(demande.etat.debiteur.nom), *(clean_texte(p.nom) for p in autres)]),
        },
        {
            "creancier_physique": is_creancier_physique(demande.etat.creancier.description),
            "diligences_faites": bool(diligences),
            "pieces_jointes": bool(demande.pieces),
            "plusieurs_debiteurs": bool(autres),
            "prescription_dite": bool(_write_prescription(demande)),
            "solidaires": bool(entiers),
            "conjoints": len(autres) > len(entiers),
        },
        {
            "defendeurs": tuple(_iter_defendeurs(demande, autres)),
            "diligences": (Liste(numerotee=False, elements=diligences),) if diligences else (),
            "parts_des_conjoints": _build_parts(demande, autres),
            "signataires": (_build_signatures(demande),),
            "interets_a_courir": (_build_interets(demande, lignes),) if lignes else (),
        },
    )


def explain_pieces(demande: Demande, article: str) -> tuple[str, ...]:
    """Say why a petition without exhibits is only a draft."""
    if demande.pieces:
        return ()
    raison = "aucune pièce n'est jointe, or la demande les énumère et les joint ({article})"
    return (write_phrase(raison, article=article),)


def warn_prescription(demande: Demande) -> tuple[Avertissement, ...]:
    """Say that a claim asked is lost, if the debtor says so."""
    prescription = _find_prescription(demande)
    if prescription is None or not prescription.acquise_au(demande.etat.au):
        return ()
    message = phrase(
        "La prescription d'une créance est acquise depuis le {terme} : le débiteur, ou le juge s'il s'agit d'un "
        "consommateur, peut l'opposer.",
        terme=prescription.terme,
    )
    return (Avertissement("prescription_acquise", message),)


def list_lignes_saisies(demande: Demande, commun: Vocabulaire, question: str) -> tuple[str, ...]:
    """The lines of a long answer, as an address wants them; the place left for it when there is none."""
    reponse = demande.reponses.get(question)
    return tuple(ligne for ligne in str(reponse or commun.valeurs[question]).split("\n") if ligne)


def list_coobliges(demande: Demande) -> tuple[EtatPersonne, ...]:
    """List those who may be sued together with the debtor, without first suing him."""
    return tuple(p for p in demande.etat.personnes if p.role in _ROLES and p.du > ZERO)


def list_lignes_courantes(demande: Demande) -> tuple[LigneInterets, ...]:
    """List, claim by claim, the line of interest that still runs at the end of the statement."""
    lignes = [x for x in list_qui_courent(demande.etat, list_lignes(demande)) if x.base > ZERO]
    fin = max((ligne.au for ligne in lignes), default=None)
    return tuple(ligne for ligne in lignes if ligne.au == fin)


def _find_prescription(demande: Demande) -> Prescription | None:
    """The earliest limitation of the claims asked."""
    connues = [s.etat.prescription for s in demande.sommes if s.etat.prescription]
    return min(connues, key=lambda p: p.terme, default=None)


def _write_prescription(demande: Demande) -> str:
    prescription = _find_prescription(demande)
    if prescription is None or prescription.en_cours or prescription.acquise_au(demande.etat.au):
        return ""
    annees, mois = divmod(prescription.duree_mois, MOIS_PAR_AN)
    return write_phrase(
        "L'action n'est pas prescrite : le délai de {duree} ({article}) ne s'achève, au plus tôt, que le {terme}.",
        duree=str(format_duree(Duree(annees, mois))),
        article=prescription.articles[0],
        terme=format_date_longue(prescription.terme),
    )


def _write_condamner(autres: tuple[EtatPersonne, ...]) -> str:
    if not autres:
        return "le condamner"
    conjoints = any(p.role is RolePersonne.CODEBITEUR_CONJOINT for p in autres)
    return "les condamner" if conjoints else "les condamner solidairement"


def _write_fait_le(demande: Demande) -> str:
    ville = clean_texte(demande.etat.creancier.description.adresse.ville)
    jour = format_date_longue(demande.etat.au)
    return f"Fait à {ville}, le {jour}." if ville else f"Fait le {jour}."


def _iter_defendeurs(demande: Demande, autres: tuple[EtatPersonne, ...]) -> Iterator[Bloc]:
    yield Partie("Défendeur", list_identite(demande.etat))
    for personne in autres:
        morale = is_personne_morale(personne.nom, personne.personne_physique)
        morceaux = [clean_texte(personne.nom), write_lieu(personne.adresse, morale=morale), _ROLES[personne.role]]
        if personne.plafond_restant is not None:
            plafond = format_montant(personne.plafond_restant)
            morceaux.append(write_phrase("dans la limite de {plafond}", plafond=plafond))
        elif personne.role is RolePersonne.CODEBITEUR_CONJOINT:
            morceaux.append(write_phrase("soit {part}", part=format_montant(compute_part(demande, personne))))
        yield Partie("Défendeur", (", ".join(m for m in morceaux if m),))


def compute_part(demande: Demande, personne: EtatPersonne) -> Decimal:
    """What a joint debtor owes on the claims asked (C. civ. 1309): his own account, never more than he owes in all."""
    if personne.decompte is None:
        return personne.du
    cles = {s.cle for s in demande.sommes}
    return min(sum((s.total for s in personne.decompte.soldes if s.cle in cles), ZERO), personne.du)


def _build_parts(demande: Demande, autres: tuple[EtatPersonne, ...]) -> tuple[Bloc, ...]:
    """What is asked of those who owe their share alone (C. civ. 1309)."""
    parts = tuple(
        _make(
            "{nom} : {part}, sa part de la dette", nom=clean_texte(p.nom), part=format_montant(compute_part(demande, p))
        )
        for p in autres
        if p.role is RolePersonne.CODEBITEUR_CONJOINT
    )
    return (Liste(numerotee=False, elements=parts),) if parts else ()


def _build_signatures(demande: Demande) -> Signatures:
    """Whoever presents the petition signs it: the agent answered under `mandataire`, else the creditor."""
    mandataire = demande.reponses.get("mandataire")
    if not mandataire:
        return Signatures((list_signataire(demande),))
    pour = write_phrase("mandataire {de_nom}", de_nom=_write_de(clean_texte(demande.etat.creancier.description.nom)))
    return Signatures(((str(mandataire), pour),))


def _iter_diligences(demande: Demande) -> Iterator[Paragraphe]:
    relances = {jour for s in demande.sommes for etape, jour in s.etat.etapes_faites if etape is Etape.RELANCE}
    if relances:
        jours = join_mots([format_jour(jour) for jour in sorted(relances)])
        modele = "relances des {jours}" if len(relances) > 1 else "relance du {jours}"
        yield _make(modele, jours=jours)
    appels = {jour for s in demande.sommes for etape, jour in s.etat.etapes_faites if etape is Etape.APPEL}
    if appels:
        modele = "appels téléphoniques des {jours}" if len(appels) > 1 else "appel téléphonique du {jours}"
        yield _make(modele, jours=join_mots([format_jour(jour) for jour in sorted(appels)]))
    notice = find_mise_en_demeure(demande)
    if notice is None or notice.poste_le is None:
        return
    envoi = notice.envoi
    moyen = _MODES.get(envoi.mode, "lettre") if envoi else "lettre"
    numero = write_phrase(", n° {numero}", numero=clean_texte(envoi.numero)) if envoi and envoi.numero else ""
    presentee = ""
    if notice.presente_le is not None:
        presentee = write_phrase(", présentée le {jour}", jour=format_jour(notice.presente_le))
    yield _make(
        "mise en demeure du {jour} par {moyen}{numero}{presentee}, restée sans paiement intégral",
        jour=format_jour(notice.poste_le),
        moyen=write_phrase(moyen),
        numero=numero,
        presentee=presentee,
    )


def _make(modele: str, **valeurs: str) -> Paragraphe:
    return (Fragment(write_phrase(modele, **valeurs)),)


def _build_interets(demande: Demande, lignes: tuple[LigneInterets, ...]) -> Tableau:
    numeros: Mapping[str, str] = {s.cle: clean_texte(s.numero) for s in demande.sommes}
    des = format_jour(demande.etat.au + UN_JOUR)
    rangs = tuple(
        (
            numeros.get(ligne.creance, ligne.creance),
            format_montant(ligne.base),
            format_taux(ligne.taux),
            des,
            format_montant(compute_interets_par_jour((ligne,))),
        )
        for ligne in lignes
    )
    titres = (find_noms(demande.etat, demande.sommes).premier, "Assiette", "Taux annuel", "À compter du", "Par jour")
    return Tableau("Intérêts à courir", titres, "gddgd", rangs)

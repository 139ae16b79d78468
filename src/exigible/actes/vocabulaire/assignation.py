"""What summonses and pleadings have in common: the court, the hearing, who is sued, the officer's place, the law."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from exigible.actes.catalogue.injonction_de_payer_europeenne.pays import UNION
from exigible.actes.demande import Demande
from exigible.actes.document import ARemplir, Bloc, Signatures, Texte, make_texte
from exigible.actes.redaction.remplissage import Vocabulaire
from exigible.actes.typst.texte import clean_texte, write_paragraphe, write_phrase
from exigible.actes.vocabulaire.chefs import EnPlus, add_plus, extend_sommes, read_montant
from exigible.actes.vocabulaire.instance import (
    FRANCE,
    compute_part,
    describe_instance,
    list_coobliges,
    propose_tribunal,
    write_tribunal,
)
from exigible.actes.vocabulaire.parties import is_debiteur_moral, is_personne_morale
from exigible.actes.vocabulaire.pieces import describe_pieces
from exigible.actes.vocabulaire.requetes import write_detail
from exigible.dossier.etat import EtatDossier
from exigible.dossier.faits import Reclamation, RolePersonne
from exigible.dossier.obligation.etat import EtatPersonne
from exigible.dossier.procedures.etat import EtatProcedure
from exigible.dossier.procedures.situation import find_distance
from exigible.dossier.texte import join_mots
from exigible.droit.argent import ZERO, format_montant
from exigible.droit.bareme import load_bareme
from exigible.droit.delais import Distance
from exigible.droit.frais_justice import Demandeur, compute_contribution_economique
from exigible.droit.jours import format_jour

CONSULAIRES = frozenset({"commerce", "activites_economiques", "chambre_commerciale"})
_CHAMBRES = {
    "protection": "le juge des contentieux de la protection du {nom}",
    "chambre_commerciale": "la chambre commerciale du {nom}",
}
_REFERES = {
    "protection": "le juge des contentieux de la protection du {nom}, statuant en référé",
    "chambre_commerciale": "le président de la chambre commerciale du {nom}, statuant en référé",
}
_SOLIDAIRES = frozenset({RolePersonne.CODEBITEUR_SOLIDAIRE, RolePersonne.CAUTION_SOLIDAIRE})
_REFERE = "le président du {nom}, statuant en référé"
BAUX_D_ENTREPRISE = frozenset({"loyer_commercial", "loyer_professionnel"})
_LOYERS = "loyers et charges"
_MOTS = {
    "charges_copropriete": "charges de copropriété",
    "loyer_habitation": _LOYERS,
    "loyer_commercial": _LOYERS,
    "loyer_professionnel": _LOYERS,
}


@dataclass(frozen=True, slots=True)
class Saisine:
    """The court chosen, empty when none is yet, and its town; `refere`: its judge of urgent matters.

    `valeur`: what is asked, in euros, when it is not the whole of what is owed (CPC 35: it rules the thresholds).
    """

    tribunal: str
    siege: str
    refere: bool = False
    valeur: Decimal = ZERO


def describe_assignation(
    demande: Demande,
    commun: Vocabulaire,
    plus: tuple[EnPlus, ...],
    saisine: Saisine,
) -> Vocabulaire:
    """Name what a summons says beside the petition's words; `plus`: what is asked besides the statement.

    Its questions say whether those held with the debtor are sued too (`coobliges`), and whether interest due for a year
    is asked to bear interest (not `sans_capitalisation`); never on a provision.
    """
    coobliges = demande.reponses.get("coobliges") is True
    capitalise = saisine.valeur == ZERO and demande.reponses.get("sans_capitalisation") is not True
    autres = list_coobliges(demande) if coobliges else ()
    total = add_plus(demande, plus)
    # Against several debtors by one title, the highest claim rules the thresholds (CPC 36).
    parts = (compute_part(demande, p) for p in autres if p.role is RolePersonne.CODEBITEUR_CONJOINT)
    valeur = saisine.valeur or max(total, *parts, ZERO)
    valeurs, faits = _describe_tribunal(demande, commun, saisine, valeur)
    renoncees = demande.etat.penalites is Reclamation.RENONCER
    vocabulaire = Vocabulaire(
        {
            **valeurs,
            **_describe_defendeurs(demande, autres),
            **describe_pieces(demande),
            "total_demande": format_montant(total),
            "des_factures": name_dettes(demande, commun),
        },
        {**faits, **_describe_faits(demande, autres), "capitalisation": capitalise and not renoncees},
        {
            "date_de_l_acte": (ARemplir(write_phrase("Date de l'acte, portée par le commissaire de justice")),),
            "commissaire": _build_commissaire(demande),
            "signature_commissaire": (Signatures(((write_phrase("Signature du commissaire de justice"),),)),),
            "remise": tuple(_iter_remises(demande, autres)),
            "somme_totale": extend_sommes(demande, commun, plus),
            "parts_des_conjoints": _build_parts(demande, autres),
            "limites_des_cautions": _build_limites(autres),
        },
    )
    instance = describe_instance(demande, coobliges=coobliges)
    # A co-owners' association is no natural person, whatever its creditor's description leaves unsaid.
    physique = instance.faits["creancier_physique"] and not vocabulaire.faits["copropriete"]
    accessoires = bool(plus) or demande.totaux.indemnites > ZERO or demande.totaux.frais > ZERO
    ajouts = {
        "cautions_limitees": bool(vocabulaire.blocs["limites_des_cautions"]),
        "creancier_physique": physique,
        "condamnations_accessoires": not renoncees and (accessoires or vocabulaire.faits["article_700_demande"]),
    }
    return instance.add(vocabulaire).add(_describe_prescription(demande)).add(Vocabulaire(faits=ajouts))


def propose_assignation(etat: EtatDossier, tribunaux: Collection[str]) -> dict[str, str]:
    """Answer what the dossier knows: the court, if it is one of these; those held for the whole are sued too."""
    tribunal = propose_tribunal(etat)
    solidaires = any(p.role in _SOLIDAIRES and p.du > ZERO for p in etat.personnes)
    return {
        **(tribunal if tribunal.get("tribunal") in tribunaux else {}),
        **({"coobliges": "oui"} if solidaires else {}),
    }


def propose_convocation(etat: EtatDossier, code: str) -> dict[str, str]:
    """Answer what the last procedure of this graph knows: its hearing to come, its town, the attempt that failed."""
    procedure = find_procedure(etat, code)
    if procedure is None:
        return {}
    situation = procedure.situation
    audience, echec = situation.audience, situation.find_jour(["echec_amiable"])
    detail = write_phrase("Échec de la tentative amiable constaté le {jour}.", jour=format_jour(echec)) if echec else ""
    reponses = {
        "audience": audience.isoformat() if audience and audience > etat.au else "",
        "siege": situation.ouverture.lieu,
        "tentative_detail": detail,
    }
    return {question: reponse for question, reponse in reponses.items() if reponse}


def propose_simplifiee(etat: EtatDossier) -> dict[str, str]:
    """Answer the simplified procedure tried in vain, which stands for the amicable attempt (CPC 750-1, 5°)."""
    vaines = [p for p in etat.procedures if p.etat.code == "PSRPC_ECHEC" and p.abandonnee_le is None]
    if not vaines:
        return {}
    derniere = max(vaines, key=lambda p: (p.depuis, p.cle))
    detail = write_phrase(
        "Débiteur invité le {invite} par un commissaire de justice ; échec constaté le {echec}.",
        invite=format_jour(derniere.ouverte_le),
        echec=format_jour(derniere.depuis),
    )
    return {"tentative": "simplifiee", "tentative_detail": detail}


def find_procedure(etat: EtatDossier, *codes: str) -> EtatProcedure | None:
    """Return the last procedure of these graphs in which something may still come."""
    ouvertes = [p for p in etat.procedures if p.graphe.code in codes and p.vivante]
    return max(ouvertes, key=lambda p: (p.ouverte_le, p.cle), default=None)


def describe_contribution(demande: Demande, tribunal: str, pretentions: Decimal) -> Vocabulaire:
    """Say whether the contribution for economic justice may be due (L. n° 2023-1059 art. 27), and on what."""
    economique = tribunal == "activites_economiques"
    due = economique and compute_contribution_economique(pretentions, demande.etat.au, Demandeur()) is not None
    return Vocabulaire(
        {"pretentions": format_montant(pretentions)},
        {
            "devant_activites_economiques": economique,
            "contribution_possible": due,
            "contribution_nulle": demande.reponses.get("contribution") == ZERO,
        },
    )


def iter_plus(demande: Demande) -> Iterator[EnPlus]:
    """What is asked and is not in the statement: the penalty clause, the damages."""
    if (penale := read_montant(demande, "clause_penale")) > ZERO:
        yield EnPlus("Clause pénale", write_phrase("C. civ., article 1231-5"), penale)
    if (dommages := read_montant(demande, "dommages")) > ZERO:
        yield EnPlus("Dommages et intérêts", write_phrase("C. civ., article 1231-6, alinéa 3"), dommages)


# ------------------------------------------------------------------------------------------------ the court


def _describe_tribunal(
    demande: Demande, commun: Vocabulaire, saisine: Saisine, valeur: Decimal
) -> tuple[Mapping[str, str], Mapping[str, bool]]:
    tribunal, nom = saisine.tribunal, _write_tribunal(commun, saisine)
    chambre = commun.valeurs.get("chambre", "")
    seuil = get_seuil_avocat(demande, tribunal)
    judiciaire = tribunal not in CONSULAIRES
    avocat = tribunal != "protection" and (valeur > seuil or (judiciaire and _is_bail_d_entreprise(demande)))
    tentative = load_bareme("competence").get_valeur(demande.etat.au, "tentative_amiable").valeur
    valeurs = {
        "le_tribunal": nom,
        "au_tribunal": f"au {nom.removeprefix('le ')}" if nom.startswith("le ") else f"à {nom}",
        "chambre_ecrite": f", {chambre}" if chambre else "",
        "seuil_avocat": format_montant(seuil),
        "seuil_amiable": format_montant(tentative),
    }
    faits = {
        "devant_consulaire": tribunal in CONSULAIRES,
        "devant_judiciaire": judiciaire,
        "devant_protection": tribunal == "protection",
        "devant_proximite": tribunal == "proximite",
        "avocat_obligatoire": avocat,
        "avocat_facultatif": not avocat,
        "tentative_exigee": judiciaire and valeur <= tentative,
    }
    return valeurs, faits


def _is_bail_d_entreprise(demande: Demande) -> bool:
    """Whether it is about a commercial or professional lease: the judicial court alone judges it (COJ R211-3-26 11°).

    A lawyer is then compulsory before it, whatever the sum (CPC 761).
    """
    return any(somme.etat.creance.nature in BAUX_D_ENTREPRISE for somme in demande.sommes)


def get_seuil_avocat(demande: Demande, tribunal: str) -> Decimal:
    """Return the sum up to which this court wants no lawyer, in euros, itself included (CPC 761, 853)."""
    serie = "dispense_avocat_tribunal_de_commerce" if tribunal in CONSULAIRES else "dispense_avocat_tribunal_judiciaire"
    seuil: Decimal = load_bareme("competence").get_valeur(demande.etat.au, serie).valeur
    return seuil


def _write_tribunal(commun: Vocabulaire, saisine: Saisine) -> str:
    tribunal = saisine.tribunal
    if not tribunal:
        return f"{commun.valeurs['tribunal']} {saisine.siege}"
    nom = write_tribunal(tribunal, saisine.siege)
    modele = _REFERES.get(tribunal, _REFERE) if saisine.refere else _CHAMBRES.get(tribunal, "le {nom}")
    return write_phrase(modele, nom=nom)


def name_dettes(demande: Demande, commun: Vocabulaire) -> str:
    """What is asked, after « en paiement »: invoices, calls of a co-owners' association, rent."""
    noms = commun.valeurs["les_factures"]
    natures = {somme.etat.creance.nature for somme in demande.sommes}
    if natures and natures <= _MOTS.keys():
        mots = list(dict.fromkeys(_MOTS[nature] for nature in sorted(natures)))
        numeros = [clean_texte(somme.numero) for somme in demande.sommes]
        return write_phrase("des {mots} ({numeros})", mots=join_mots(mots), numeros=join_mots(numeros))
    return f"des {noms.removeprefix('les ')}" if noms.startswith("les ") else f"de {noms}"


# ------------------------------------------------------------------------------------------------ those sued


def _describe_defendeurs(demande: Demande, autres: Sequence[EtatPersonne]) -> Mapping[str, str]:
    """Name whom the creditor is to be paid by, and how; `a_creancier`: « à Atelier Exemple », « au Syndicat… »."""
    nom = clean_texte(demande.etat.creancier.description.nom)
    return {
        "in_solidum": " in solidum" if autres else "",
        "a_creancier": f"au {nom}" if nom.lower().startswith("syndicat ") else f"à {nom}",
        "creancier_sujet": f"le {nom}" if nom.lower().startswith("syndicat ") else nom,
    }


def _build_parts(demande: Demande, autres: Sequence[EtatPersonne]) -> tuple[Bloc, ...]:
    conjoints = {p: compute_part(demande, p) for p in autres if p.role is RolePersonne.CODEBITEUR_CONJOINT}
    modele = "**Condamner** {nom} à payer sa part de la dette (article 1309 du code civil), soit {part}{detail} ;"
    return tuple(
        Texte(
            write_paragraphe(
                modele, nom=clean_texte(p.nom), part=format_montant(part), detail=write_detail(demande, p, part)
            )
        )
        for p, part in conjoints.items()
    )


def _build_limites(autres: Sequence[EtatPersonne]) -> tuple[Bloc, ...]:
    """Say up to what each surety is condemned, in the operative part itself: the judge reads no other (CPC 768)."""
    modele = "**Dire** que la condamnation de {nom}, caution, est prononcée dans la limite de {plafond} ;"
    return tuple(
        Texte(write_paragraphe(modele, nom=clean_texte(p.nom), plafond=format_montant(p.plafond_restant)))
        for p in autres
        if p.role is RolePersonne.CAUTION_SOLIDAIRE and p.plafond_restant is not None
    )


def _build_commissaire(demande: Demande) -> tuple[Bloc, ...]:
    qui = demande.reponses.get("commissaire")
    if qui:
        return (make_texte(str(qui)),)
    return (ARemplir(write_phrase("Nom, prénoms et demeure du commissaire de justice"), 2),)


def _iter_remises(demande: Demande, autres: Sequence[EtatPersonne]) -> Iterator[Bloc]:
    """Leave the officer a place for each person served: to whom, where, how (CPC 654 to 659)."""
    noms = [demande.etat.debiteur.nom, *(p.nom for p in autres)] if autres else []
    for nom in noms:
        yield ARemplir(write_phrase("Remise à {nom} : à qui, où, comment", nom=clean_texte(nom)), 3)
    fin = (
        "Nombre de feuilles, coût de l'acte"
        if noms
        else "Remise de l'acte : à qui, où, comment, nombre de feuilles, coût"
    )
    yield ARemplir(write_phrase(fin), 1 if noms else 3)


def _describe_faits(demande: Demande, autres: Sequence[EtatPersonne]) -> Mapping[str, bool]:
    roles = {p.role for p in autres}
    natures = {somme.etat.creance.nature for somme in demande.sommes}
    etat = demande.etat
    distances = {find_distance(adresse) for adresse in (etat.debiteur.adresse, *(p.adresse for p in autres))}
    return {
        "cautions_assignees": RolePersonne.CAUTION_SOLIDAIRE in roles,
        "codebiteurs_assignes": RolePersonne.CODEBITEUR_SOLIDAIRE in roles,
        "conjoints_assignes": RolePersonne.CODEBITEUR_CONJOINT in roles,
        "personne_morale_assignee": is_debiteur_moral(etat)
        or any(is_personne_morale(p.nom, p.personne_physique) for p in autres),
        "bail_habitation": "loyer_habitation" in natures,
        "bail_d_entreprise": _is_bail_d_entreprise(demande),
        "copropriete": "charges_copropriete" in natures,
        "creancier_a_l_etranger": etat.creancier.description.adresse.pays not in {"", FRANCE},
        "defendeur_a_l_etranger": Distance.ETRANGER in distances,
        "defendeur_outre_mer": Distance.OUTRE_MER in distances,
        "defendeur_dans_l_union": etat.debiteur.adresse.pays in UNION and etat.debiteur.adresse.pays != FRANCE,
        "article_700_demande": read_montant(demande, "article_700") > ZERO,
    }


# ------------------------------------------------------------------------------------------------ time


def _describe_prescription(demande: Demande) -> Vocabulaire:
    """Say until when the action stands, when every claim says so."""
    prescriptions = [somme.etat.prescription for somme in demande.sommes]
    connues = [p for p in prescriptions if p is not None and not p.en_cours and p.terme >= demande.etat.au]
    entier = bool(connues) and len(connues) == len(prescriptions)
    articles = join_mots(list(dict.fromkeys(article for p in connues for article in p.articles[:1])))
    return Vocabulaire(
        {
            "prescription_le": format_jour(min(p.dernier_jour_sur for p in connues)) if entier else "",
            "prescription_articles": articles if entier else "",
        },
        {"prescription_connue": entier},
    )

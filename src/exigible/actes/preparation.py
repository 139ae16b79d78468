"""From a demand to a document that a person reads: written, checked, with what is missing said. No ink yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from exigible.actes.choix import check_sources
from exigible.actes.conformite import describe_conformite
from exigible.actes.contexte import Contexte, build_contexte
from exigible.actes.controle import check_conformite, check_contestations
from exigible.actes.decharge import join_decharge
from exigible.actes.demande import Demande
from exigible.actes.document import Acte, Bloc, Document, Lettre
from exigible.actes.lettre import Etiquette, build_entete, list_destinataire
from exigible.actes.mentions import Mention, Valeurs, find_absentes, load_mentions, select_mentions
from exigible.actes.modele import Forme, Question, Signataire, load_redaction
from exigible.actes.redaction.remplissage import Vocabulaire, fill, list_noms, write_ligne
from exigible.actes.reponses import list_manquantes
from exigible.actes.signature import place_signature
from exigible.actes.sorties.texte import write_texte
from exigible.actes.textes.textes import explain_obsoletes, warn_textes
from exigible.actes.typst.texte import apply_typographie, clean_texte, join_paragraphe, list_sans_doublon, write_phrase
from exigible.actes.vocabulaire import build_vocabulaire
from exigible.actes.vocabulaire.recouvreur import build_entete_du_recouvreur, warn_recouvreur
from exigible.droit.conformite import Manquement
from exigible.droit.erreurs import Avertissement, ErreurExigible
from exigible.droit.phrase import phrase, wrap_texte
from exigible.droit.referentiel import load_referentiel

_PROJET = "Projet — à vérifier"
_INCOMPLET = "Projet — à compléter"


@dataclass(frozen=True, slots=True)
class ActePrepare:
    """A document written and checked. `mentions`: those it must carry; `absentes`: those that its text lacks.

    `manquantes`: the questions still to be answered. `projet`: why it may not be used as it is. `manquements` holds no
    `bloquant` one: such a document is never made. `montant`: the sum it asks for.
    """

    demande: Demande
    document: Document
    texte: str
    mentions: tuple[Mention, ...]
    absentes: tuple[Mention, ...]
    manquantes: tuple[Question, ...]
    projet: tuple[str, ...]
    manquements: tuple[Manquement, ...]
    avertissements: tuple[Avertissement, ...]
    montant: Decimal

    @property
    def utilisable(self) -> bool:
        """Whether it may be approved, sent or filed: nothing is missing, nothing in it is still to be checked."""
        return not self.manquantes and not self.projet


def prepare_acte(demande: Demande) -> ActePrepare:
    """Write a document and check it.

    Raises ErreurExigible (`acte_refuse`) when a rule forbids it, or when a mention wanted by a text is missing, with
    the article, or when the dossier has nothing of what must be chosen from it; ErreurSaisie when its wording names
    what does not exist (`texte_illisible`), `iban_invalide`, `logo_*`.
    """
    modele = demande.modele
    redaction = load_redaction(modele.nom) if demande.redaction is None else demande.redaction
    commun = build_vocabulaire(demande)
    contexte = build_contexte(demande, commun)
    vocabulaire = commun.add(contexte.vocabulaire)
    manquantes = list_manquantes(demande.questions, demande.reponses, vocabulaire.faits)
    check_sources(modele, manquantes)
    noms = list_noms(redaction)
    projet = (*modele.a_verifier, *explain_obsoletes(noms), *contexte.projet)
    blocs = place_signature(join_decharge(fill(redaction, vocabulaire)), demande)
    document = _build_document(demande, contexte, vocabulaire, blocs, _write_bandeau(projet, manquantes))
    texte = write_texte(document)
    mentions = select_mentions(load_mentions(modele.paquet), demande.etat.debiteur.qualite, vocabulaire.faits)
    absentes = find_absentes(mentions, list_valeurs(vocabulaire, contexte.preuves), texte)
    manquements = _check(demande, contexte, document, mentions, absentes)
    return ActePrepare(
        demande=demande,
        document=document,
        texte=texte,
        mentions=mentions,
        absentes=absentes,
        manquantes=manquantes,
        projet=projet,
        manquements=manquements,
        avertissements=tuple(
            dict.fromkeys(
                (
                    *demande.etat.avertissements,
                    *warn_textes(noms),
                    *warn_recouvreur(demande),
                    *contexte.avertissements,
                )
            )
        ),
        montant=demande.totaux.total if contexte.montant is None else contexte.montant,
    )


def list_valeurs(vocabulaire: Vocabulaire, preuves: Valeurs) -> Valeurs:
    """The texts that `mentions.toml` may name: every value of the vocabulary, and those of the act."""
    communes: Mapping[str, tuple[str, ...]] = {nom: (valeur,) for nom, valeur in vocabulaire.valeurs.items() if valeur}
    return {**communes, **preuves}


def _write_bandeau(projet: tuple[str, ...], manquantes: tuple[Question, ...]) -> str:
    """What is printed on the face of a paper that may not be used as it is."""
    if projet:
        return write_phrase("{projet} : {raisons}", projet=_PROJET, raisons=apply_typographie(" ; ".join(projet)))
    if manquantes:
        libelles = apply_typographie(" ; ".join(q.libelle for q in manquantes))
        return write_phrase("{projet} : il manque {libelles}", projet=_INCOMPLET, libelles=libelles)
    return ""


def _build_document(
    demande: Demande, contexte: Contexte, vocabulaire: Vocabulaire, blocs: tuple[Bloc, ...], projet: str
) -> Document:
    modele, etat = demande.modele, demande.etat
    objet = join_paragraphe(write_ligne(modele.objet, vocabulaire))
    entete = contexte.entete or build_entete_du_recouvreur(demande)
    nom = entete.nom if entete else clean_texte(etat.creancier.description.nom)
    lettre = modele.forme is not Forme.ACTE
    signe = modele.signataire in {Signataire.CREANCIER, Signataire.LES_DEUX}
    du_creancier = lettre and signe and entete is None
    tete: Lettre | Acte = Acte(contexte.juridiction, objet, contexte.sous_titre)
    if lettre:
        destinataire = contexte.destinataire or list_destinataire(etat.debiteur)
        references = (Etiquette("Nos références", demande.reference),) if demande.reference else ()
        siren = "" if contexte.destinataire else vocabulaire.valeurs["debiteur_siren"]
        identite = (Etiquette("Votre SIREN", siren),) if siren else ()
        etiquettes = (*references, *contexte.etiquettes, *identite)
        tete = Lettre(destinataire, etiquettes, vocabulaire.valeurs["lieu_date"], objet)
    titre = " – ".join(list_sans_doublon([objet, clean_texte(etat.debiteur.nom), demande.reference]))
    return Document(
        titre=titre,
        auteur=nom,
        pied=" · ".join(list_sans_doublon([nom, objet, demande.reference])),
        tete=tete,
        blocs=blocs,
        entete=build_entete(etat.creancier.description, demande.logo) if du_creancier else entete,
        projet=projet,
    )


def _check(
    demande: Demande,
    contexte: Contexte,
    document: Document,
    mentions: tuple[Mention, ...],
    absentes: tuple[Mention, ...],
) -> tuple[Manquement, ...]:
    """Play the rules of compliance, then refuse what lacks a mention that a text wants."""
    sujet = phrase("« {titre} » est refusé", titre=wrap_texte(demande.modele.titre))
    manquements: tuple[Manquement, ...] = ()
    if demande.modele.cibles:
        if not demande.modele.contestees:
            check_contestations(demande.sommes, sujet)
        connues = load_referentiel().codes["mentions"]
        presentes = [m.code for m in mentions if m not in absentes and m.code in connues]
        faits = {**describe_conformite(demande, document, list_sans_doublon(presentes)), **contexte.conformite}
        manquements = check_conformite(faits, demande.modele.cibles, sujet)
    for mention in absentes:
        if mention.statut == "loi":
            raise ErreurExigible(
                "acte_refuse",
                phrase(
                    "{refus} : il y manque « {libelle} » ({article}).",
                    refus=sujet,
                    libelle=mention.libelle,
                    article=mention.article,
                ),
                regle=mention.code,
                article=mention.article,
            )
    return manquements

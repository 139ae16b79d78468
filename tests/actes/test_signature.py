"""The picture of a signature: on which papers, under which name, how large, and the same bytes again."""

import io

import pypdf
import pytest
from dossiers_des_actes import load_dossier
from msgspec.structs import replace

from exigible.actes.contexte import propose_reponses
from exigible.actes.demande import build_demande
from exigible.actes.document import Signatures
from exigible.actes.modele import Famille, Forme, Signataire, get_modele, load_catalogue
from exigible.actes.preparation import prepare_acte
from exigible.actes.rendu import render_pdf
from exigible.actes.signature import HAUTEUR_MAX, LARGEUR_MAX, bears_signature, find_signature
from exigible.dossier.faits_creancier import CreancierDecrit
from exigible.droit.erreurs import ErreurSaisie

from .test_logo import JPEG, find_images, make_png


def preparer(nom, dossier="professionnel", signature=JPEG, **saisies):
    modele, etat = get_modele(nom), load_dossier(dossier)
    reponses = {**propose_reponses(modele, etat), **saisies}
    return prepare_acte(build_demande(modele, etat, saisies=reponses, signature=signature))


def list_images(acte):
    return [
        (colonne[0], image)
        for bloc in acte.document.blocs
        if isinstance(bloc, Signatures)
        for colonne, image in zip(bloc.colonnes, bloc.images or (None,) * len(bloc.colonnes), strict=True)
    ]


@pytest.mark.parametrize("nom", ["relance_1", "relance_3", "mise_en_demeure"])
def test_une_lettre_porte_l_image_sous_le_nom_de_qui_signe(nom):
    acte = preparer(nom)
    signataire = acte.demande.etat.creancier.description.signataire
    signees = [qui for qui, image in list_images(acte) if image]
    assert signees == [signataire]
    [image] = [x for page in range(len(pypdf.PdfReader(io.BytesIO(render_pdf(acte))).pages)) for x in _find(acte, page)]
    largeur, hauteur = image
    assert 0 < largeur <= LARGEUR_MAX
    assert 0 < hauteur <= HAUTEUR_MAX


def _find(acte, rang):
    """The size of the pictures of one page, in millimetres."""
    lecteur, sortie = pypdf.PdfReader(io.BytesIO(render_pdf(acte))), pypdf.PdfWriter()
    sortie.add_page(lecteur.pages[rang])
    octets = io.BytesIO()
    sortie.write(octets)
    return [(largeur, hauteur) for _gauche, _haut, largeur, hauteur in find_images(octets.getvalue())]


def test_le_recu_du_debiteur_reste_a_signer():
    acte = preparer("mise_en_demeure", canal="main_propre")
    assert [bool(image) for _qui, image in list_images(acte)].count(True) == 1
    assert not any(image for qui, image in list_images(acte) if qui.startswith("Reçu"))


@pytest.mark.parametrize(
    "nom", ["reconnaissance_de_dette", "plan_de_paiement", "requete_injonction_de_payer", "instruction_execution"]
)
def test_ni_acte_de_justice_ni_accord_ni_papier_d_execution(nom):
    assert not bears_signature(get_modele(nom))


def test_seules_des_lettres_que_le_creancier_signe_seul():
    portent = [m for m in load_catalogue().values() if bears_signature(m)]
    assert portent
    for modele in portent:
        assert modele.forme is not Forme.ACTE
        assert modele.signataire is Signataire.CREANCIER
        assert modele.famille in {Famille.AMIABLE, Famille.COMPTES}


def test_sans_image_rien_ne_change():
    sans = preparer("mise_en_demeure", signature=None)
    assert sans.document == preparer("mise_en_demeure", signature=b"").document
    assert all(image is None for _qui, image in list_images(sans))


def test_memes_faits_memes_octets():
    assert render_pdf(preparer("mise_en_demeure")) == render_pdf(preparer("mise_en_demeure"))


def test_l_image_est_nommee_pour_qui_ne_la_voit_pas():
    acte = preparer("mise_en_demeure", signature=make_png(300, 100))
    signataire = acte.demande.etat.creancier.description.signataire
    assert f"Signature de {signataire}" in _list_alternatives(render_pdf(acte))


def _list_alternatives(pdf):
    racine = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]
    trouvees, pile = [], [racine]
    while pile:
        noeud = pile.pop().get_object()
        if isinstance(noeud, pypdf.generic.ArrayObject):
            pile.extend(noeud)
        elif isinstance(noeud, pypdf.generic.DictionaryObject):
            if "/Alt" in noeud:
                trouvees.append(str(noeud["/Alt"]))
            if "/K" in noeud:
                pile.append(noeud["/K"])
    return trouvees


def test_une_image_cassee_se_dit():
    with pytest.raises(ErreurSaisie):
        preparer("mise_en_demeure", signature=b"GIF89a")


@pytest.mark.parametrize(
    ("signataire", "de", "attendu"),
    [
        ("Camille Exemple", "Camille Exemple", "ab"),
        ("Camille Exemple", " camille exemple ", "ab"),
        ("Dominique Exemple", "Camille Exemple", ""),
        ("", "", ""),
    ],
)
def test_la_signature_d_un_autre_ne_s_imprime_pas(signataire, de, attendu):
    creancier = CreancierDecrit(nom="Atelier Exemple", signataire=signataire, signature="ab", signature_de=de)
    assert find_signature(creancier) == attendu
    assert find_signature(replace(creancier, signature="")) == ""


@pytest.mark.parametrize("nom", ["relance_3", "mise_en_demeure"])
@pytest.mark.parametrize("dossier", ["professionnel", "consommateur"])
def test_l_image_ne_deplace_rien_de_la_lettre(nom, dossier):
    textes = [
        [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(render_pdf(preparer(nom, dossier, image)))).pages]
        for image in (JPEG, None)
    ]
    assert textes[0] == textes[1]

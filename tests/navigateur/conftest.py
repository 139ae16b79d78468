"""A real Chromium on the real server, started as a user starts it, each test on its own copy of the database.

The journal cannot be emptied (its triggers forbid it): nothing is cleaned between tests. The demonstration is loaded
once, into a model folder; each test serves a fresh copy of it.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route, expect, sync_playwright

from exigible.bureau.demonstration import IDENTIFIANT, MOT_DE_PASSE

EXIGIBLE = Path(sys.executable).parent / "exigible"
RACINE = Path(__file__).resolve().parents[2]
CAPTURES = RACINE / "captures"
BUREAU = {"width": 1280, "height": 800}
TELEPHONE = {"width": 390, "height": 844}
RESEAU = ("http:", "https:", "ws:", "wss:")
ATTENTE_SECONDES = 90
ATTENTE_PAGE_MS = 15_000
# Our own pages only: the browser's sandbox protects nothing here, and is refused to root and in many containers.
CHROMIUM = [
    "--lang=fr",  # its own date and file pickers, where its language pack is installed (chromium-l10n)
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

expect.set_options(timeout=ATTENTE_PAGE_MS)


@dataclass(frozen=True)
class Serveur:
    """The office being served: its address, and the folder of its data."""

    adresse: str
    var: Path


def build_environnement(var: Path) -> dict[str, str]:
    propre = {nom: valeur for nom, valeur in os.environ.items() if not nom.startswith(("EXIGIBLE_", "DJANGO_"))}
    return propre | {"EXIGIBLE_VAR": str(var)}


@pytest.fixture(scope="session")
def modele(tmp_path_factory) -> Path:
    """The demonstration, migrated and loaded once for all."""
    var = tmp_path_factory.mktemp("modele") / "var"
    var.mkdir()
    fait = subprocess.run(
        [EXIGIBLE, "demo", "--preparer"], env=build_environnement(var), capture_output=True, text=True, check=False
    )
    assert fait.returncode == 0, f"exigible demo --preparer a échoué :\n{fait.stdout}{fait.stderr}"
    return var


@pytest.fixture
def visiteurs() -> list[BrowserContext]:
    """The browsers opened by a test: they leave before their server stops, whose silence would be a fault of theirs."""
    return []


@pytest.fixture
def serveur(modele, tmp_path, visiteurs) -> Iterator[Serveur]:
    """The office on a copy of the demonstration that only this test uses; its output is shown when the test fails."""
    var = tmp_path / "var"
    shutil.copytree(modele, var)
    yield from serve(var, visiteurs, {"EXIGIBLE_BASE": f"sqlite:///{var}/demonstration.sqlite3"})


@pytest.fixture
def serveur_vide(tmp_path, visiteurs) -> Iterator[Serveur]:
    """The office as on the very first day: no company, no user."""
    var = tmp_path / "var_vide"
    var.mkdir()
    yield from serve(var, visiteurs, {})


@pytest.fixture
def serveur_demo(tmp_path, visiteurs) -> Iterator[Serveur]:
    """The demonstration as `make demo` opens it the first time: loaded, then served, by one command."""
    var = tmp_path / "var_demo"
    var.mkdir()
    yield from serve(var, visiteurs, {}, "demo")


def serve(
    var: Path, visiteurs: list[BrowserContext], ajouts: dict[str, str], commande: str = "serve"
) -> Iterator[Serveur]:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port = prise.getsockname()[1]
    adresse = f"http://127.0.0.1:{port}"
    journal = var.parent / "serveur.txt"
    with journal.open("w", encoding="utf-8") as sortie:
        processus = subprocess.Popen(
            [EXIGIBLE, commande, "--port", str(port)],
            env=build_environnement(var) | ajouts,
            stdout=sortie,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            wait_for(adresse, processus, journal)
            yield Serveur(adresse, var)
        finally:
            close_all(visiteurs)
            # The server and its workers at once: a polite stop would wait for the browser's idle connections.
            os.killpg(processus.pid, signal.SIGKILL)
            processus.wait()
            print(journal.read_text(encoding="utf-8"))


def close_all(visiteurs: list[BrowserContext]) -> None:
    while visiteurs:
        visiteurs.pop().close()


def wait_for(adresse: str, processus: subprocess.Popen, journal: Path) -> None:
    limite = time.monotonic() + ATTENTE_SECONDES
    while time.monotonic() < limite:
        assert processus.poll() is None, f"le serveur s'est arrêté :\n{journal.read_text(encoding='utf-8')}"
        try:
            urllib.request.urlopen(adresse, timeout=ATTENTE_SECONDES).close()
        except urllib.error.HTTPError as erreur:
            erreur.close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
            continue
        return
    pytest.fail(f"le serveur n'a pas répondu en {ATTENTE_SECONDES} s :\n{journal.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def navigateur() -> Iterator[Browser]:
    chemin = shutil.which(os.environ.get("EXIGIBLE_CHROMIUM", "chromium"))
    if chemin is None and os.environ.get("CI") != "true":
        pytest.skip("Chromium absent (sudo apt install chromium)")
    assert chemin, "Chromium absent : en intégration continue, c'est un échec"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chemin, args=CHROMIUM)
        yield chromium
        chromium.close()


class Surveillance:
    """What a healthy page never does: an error in the console, a script that fails, a call to another machine."""

    def __init__(self) -> None:
        self.fautes: list[str] = []

    def watch(self, contexte: BrowserContext, adresse: str) -> None:
        # Other schemes (data:, blob:, and chrome: for its PDF reader) stay in the browser.
        contexte.route(lambda url: url.startswith(RESEAU) and not url.startswith(f"{adresse}/"), self.refuse)
        contexte.on("console", self.note_console)
        contexte.on("weberror", lambda erreur: self.fautes.append(f"script : {erreur.error}"))

    def refuse(self, route: Route) -> None:
        self.fautes.append(f"appel vers une autre machine : {route.request.url}")
        route.abort()

    def note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.fautes.append(f"console : {message.text}")


@pytest.fixture
def surveillance() -> Surveillance:
    """Empty `fautes` in a test that provokes an error on purpose."""
    return Surveillance()


@pytest.fixture
def ouvrir(navigateur, surveillance, visiteurs) -> Iterator[Callable[..., Page]]:
    """`ouvrir(serveur, BUREAU)`: a new visitor on the front page; the test fails if the page misbehaved."""

    def ouvre(serveur: Serveur, taille: dict[str, int] = BUREAU) -> Page:
        contexte = navigateur.new_context(
            base_url=serveur.adresse, viewport=taille, locale="fr-FR", timezone_id="Europe/Paris"
        )
        contexte.set_default_timeout(ATTENTE_PAGE_MS)
        visiteurs.append(contexte)
        surveillance.watch(contexte, serveur.adresse)
        page = contexte.new_page()
        page.goto("/")
        return page

    yield ouvre
    close_all(visiteurs)
    assert surveillance.fautes == []


@pytest.fixture
def page(ouvrir, serveur) -> Page:
    """A visitor of the demonstration who has not signed in, on a desktop."""
    return ouvrir(serveur, BUREAU)


@pytest.fixture
def connexion(page) -> Page:
    """The demonstration's user, signed in, on a desktop."""
    return sign_in(page)


@pytest.fixture
def connexion_telephone(ouvrir, serveur) -> Page:
    """The demonstration's user, signed in, on a phone."""
    return sign_in(ouvrir(serveur, TELEPHONE))


def sign_in(page: Page) -> Page:
    """Fill in the sign-in form that a visitor is led to."""
    page.locator("input[name=username]").fill(IDENTIFIANT)
    page.locator("input[name=password]").fill(MOT_DE_PASSE)
    with page.expect_navigation():
        page.locator("input[name=password]").press("Enter")
    return page


@pytest.fixture
def capturer() -> Callable[[Page, str], Path]:
    """`capturer(page, "aujourdhui")`: save the page as it is seen in captures/<name>-<width>.png."""

    def capture(page: Page, nom: str) -> Path:
        CAPTURES.mkdir(exist_ok=True)
        chemin = CAPTURES / f"{nom}-{page.viewport_size['width']}.png"
        page.screenshot(path=chemin)
        return chemin

    return capture

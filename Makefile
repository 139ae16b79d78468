# Exigible : « make » ou « make help » dit ce qu'on peut faire. L'environnement .venv se prépare tout seul.
PYTHON ?= python3

.DEFAULT_GOAL := help
.PHONY: help demo serve test quality bench mutation fuzz docs lock clean python execution dev

help:
	@echo "Exigible — le recouvrement français, au centime."
	@echo
	@echo "  make demo      installe, charge l'entreprise de démonstration et ouvre le bureau sur 127.0.0.1"
	@echo "  make serve     ouvre le bureau sur vos données (dossier var/), sans rien charger"
	@echo "  make test      installe ce qu'il faut aux tests et les lance tous"
	@echo "  make quality   le style, les types, les étages, le code mort, les licences"
	@echo "  make bench     mesure la vitesse des calculs sur cette machine"
	@echo "  make mutation  altère le droit et cherche ce que les tests ne voient pas (long)"
	@echo "  make fuzz      cherche des fichiers qui feraient tomber un lecteur (FORMATS=…, SECONDES=60 par format)"
	@echo "  make docs      construit la documentation dans site/"
	@echo "  make lock      refait les verrous des dépendances (réseau nécessaire)"
	@echo "  make clean     retire l'environnement et les fichiers produits ; vos données (var/) restent"
	@echo
	@echo "  Un autre Python : make PYTHON=python3.12 demo"

python:
	@command -v "$(PYTHON)" >/dev/null || { \
	  echo "Il manque Python (« $(PYTHON) » est introuvable)." >&2; \
	  echo "Sous Debian ou Ubuntu : sudo apt install python3 python3-venv" >&2; exit 1; }

execution: python
	@"$(PYTHON)" outils/installer.py execution

dev: python
	@"$(PYTHON)" outils/installer.py dev

demo: execution
	@.venv/bin/exigible demo

serve: execution
	@.venv/bin/exigible serve

test: dev
	@"$(PYTHON)" outils/installer.py docs
	@.venv/bin/python outils/tester.py

quality: dev
	@.venv/bin/python outils/qualite.py

bench: execution
	@.venv/bin/exigible banc

# Changes the law in small ways and looks for the changes that no test notices: an hour or two, not for every day.
mutation: dev
	@"$(PYTHON)" outils/installer.py mutation
	@.venv/bin/python outils/mutation.py $(MODULES)

# Mutates the real files of the readers' tests, guided by the code they reach; see tests/fuzz.
fuzz: dev
	@"$(PYTHON)" outils/installer.py fuzz
	@SECONDES=$(or $(SECONDES),60) .venv/bin/python outils/fuzz.py $(FORMATS)

docs: execution
	@"$(PYTHON)" outils/installer.py docs
	@"$(PYTHON)" outils/installer.py dev
	@.venv/bin/python outils/images_actes.py
	@NO_MKDOCS_2_WARNING=1 .venv/bin/python -m mkdocs build --strict --quiet && echo "Documentation construite : site/index.html"

lock: python
	@"$(PYTHON)" outils/verrouiller.py

clean:
	@rm -rf .venv site captures .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage*
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "Propre. Vos données (var/) n'ont pas été touchées."

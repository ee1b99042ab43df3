"""How the client of each generator is made."""

import re
import xml.etree.ElementTree
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent

JAVAC = (
    "javac -proc:none -nowarn -d classes -cp '../lib/*' "
    "$(find . -name '*.java' -not -path '*/test/*')"
)
JAVA = "java -cp 'classes:../lib/*' Walk"


@dataclass
class Recipe:
    """How a client is made; all commands run in its folder."""

    folder: str
    title: str
    # The file with the version, and the name of the version in it.
    pinned: tuple
    needs: str
    form: str = ""
    generate: str = ""
    compile: str = ""
    walk: str = ""
    options: str = "none"
    slow: bool = False

    def version(self):
        text = (HERE / self.pinned[0]).read_text()
        found = re.search(rf'{re.escape(self.pinned[1])}[ :=>"v]+([0-9.]+[0-9])', text)
        return found.group(1)


def from_pom(folder, needs="", compile="", walk="", slow=False):
    """Reads the options of OpenAPI Generator from its execution in pom.xml."""
    space = {"m": "http://maven.apache.org/POM/4.0.0"}
    pom = xml.etree.ElementTree.parse(HERE / "pom.xml")
    execution = next(
        e for e in pom.iterfind(".//m:execution", space) if e.findtext("m:id", "", space) == folder
    )

    def text(name):
        return execution.findtext(f"m:configuration/m:{name}", "", space)

    form = text("inputSpec").split("/")[-1]
    options = [
        f"{o.tag.split('}')[1]}={o.text}"
        for o in execution.iterfind("m:configuration/m:configOptions/*", space)
    ]
    command = f"openapi-generator-cli generate -g {text('generatorName')}"
    if text("library"):
        command += f" --library {text('library')}"
    command += f" -i {form} -o client"
    if options:
        command += f" --additional-properties={','.join(options)}"
    return Recipe(
        folder,
        " ".join(f"`{name}`" for name in (text("generatorName"), text("library")) if name),
        ("pom.xml", "openapi-generator.version"),
        f"mvn {needs}",
        form,
        command,
        compile,
        walk,
        ", ".join(f"`{option}`" for option in options) or "none",
        slow,
    )


RECIPES = [
    from_pom("java-okhttp-gson", "javac", JAVAC, JAVA),
    from_pom("java-native", "javac", JAVAC, JAVA),
    from_pom("java-webclient", "javac", JAVAC, JAVA),
    from_pom("java-retrofit2", "javac", JAVAC, JAVA),
    from_pom("spring", "javac", JAVAC),
    from_pom(
        "kotlin",
        "java",
        "$MAVEN -f .. kotlin:compile",
        "java -cp '../target/classes:../lib/*' WalkKt",
    ),
    from_pom("go", "go", "go build -o walk .", "./walk"),
    from_pom("rust", "cargo", "cargo build --quiet", "cargo run --quiet --", slow=True),
    from_pom("csharp"),
    from_pom("typescript-fetch", "npm", "tsc", "node build/walk.js"),
    from_pom("typescript-axios", "npm", "tsc", "node build/walk.js"),
    from_pom("python", "", "python -m compileall -q .", "PYTHONPATH=client python walk.py"),
    Recipe(
        "openapi-python-client",
        "openapi-python-client",
        ("requirements.txt", "openapi-python-client"),
        "",
        "idc-v1.yaml",
        "openapi-python-client generate --path idc-v1.yaml --meta none --output-path client",
        "python -m compileall -q .",
        "python walk.py",
    ),
    Recipe(
        "oapi-codegen",
        "oapi-codegen",
        ("go.mod", "oapi-codegen/v2"),
        "go",
        "idc-v1-generators.yaml",
        "mkdir -p client && go tool oapi-codegen --config config.yaml idc-v1-generators.yaml",
        "go build -o walk .",
        "./walk",
    ),
    Recipe(
        "openapi-typescript",
        "openapi-typescript",
        ("package.json", "openapi-typescript"),
        "npm",
        "idc-v1.yaml",
        "openapi-typescript idc-v1.yaml --output client/idc.d.ts",
        "tsc",
        "node build/walk.js",
    ),
    Recipe(
        "orval",
        "orval",
        ("package.json", "orval"),
        "npm",
        "idc-v1.yaml",
        "orval --config orval.config.js",
        "tsc",
        "node build/walk.js",
        "a `mutator` for the base URL",
    ),
    Recipe(
        "progenitor",
        "progenitor",
        ("Cargo.toml", "progenitor"),
        "cargo",
        "idc-v1-generators.json",
        compile="cargo build --quiet",
        walk="cargo run --quiet --",
        options="`interface = Builder`",
        slow=True,
    ),
]

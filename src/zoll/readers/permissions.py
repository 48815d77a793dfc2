"""What pipelines, applications, extensions, services and roles are permitted."""

import re
from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.entry import Entry
from zoll.readers.bounds import bounded
from zoll.readers.entries import is_lock, told
from zoll.readers.material import Material
from zoll.readers.words import shown

WORKFLOW = re.compile(r"(?:^|\.)permissions(?:\.([\w-]+))?\Z")
RULES = re.compile(
    r"(?:^|\.)(?:rules|clusterRules|clusterPermissions\[\]\.rules)\[\]\.(verbs|resources|apiGroups|"
    r"nonResourceURLs|resourceNames)\[\]\Z"
)
ROLE_REF = re.compile(r"(?:^|\.)(roleRef|subjects\[\])\.(kind|name)\Z|(?:^|\.)(serviceAccountName|serviceAccount)\Z")
ANDROID = re.compile(
    r"(?:^|\.)(uses-permission(?:-sdk-\d+)?|permission|uses-feature|permission-group)\.@(?:android:)?name\Z"
)
ANDROID_GRADE = re.compile(r"@android:(protectionLevel|sharedUserId)\Z")
EXTENSION = re.compile(
    r"^(permissions|host_permissions|optional_permissions|optional_host_permissions|"
    r"externally_connectable\.matches|content_security_policy(?:\.\w+)?|capabilities|enabledApiProposals|"
    r"extensionKind)(?:\[\])?\Z"
)
POLKIT = re.compile(r"(?:^|\.)(allow_any|allow_inactive|allow_active)\Z|policyconfig\.action\.@id\Z")
DBUS = re.compile(r"(?:^|\.)policy\.(?:@(user|group|context|at_console)|(allow|deny)\.@(\w+))\Z")
IAM = re.compile(
    r"(?:^|\.)(?:Statement|statement|PolicyDocument\.Statement)(?:\[\])?\.(Effect|Action|NotAction|"
    r"Resource|NotResource|Principal(?:\.\w+)?|effect|actions|resources)(?:\[\])?\Z"
)
ROLES = re.compile(
    r"(?:^|\.)(roles?|bindings\[\]\.(?:role|members\[\])|scopes?|grants?|entitlements?|"
    r"managed_policy_arns|policy_arn|groups|authorities|privileges)(?:\[\])?\Z",
    re.IGNORECASE,
)
# A person's role in a project is no permission of the product.
PEOPLE = re.compile(
    r"(?:^|\.)(?:authors?|contributors?|maintainers?|developers?|credits|people)(?:\[\])?\.", re.IGNORECASE
)
ENTITLEMENT = re.compile(r"com\.apple\.[\w.-]+\Z")
APPARMOR = re.compile(
    r"[ \t]*(?:(?:audit|deny|owner|allow)[ \t]+){0,3}(capability|network|ptrace|signal|mount|umount|dbus|"
    r"unix|userns|change_profile|pivot_root|file)\b(.{0,300})|[ \t]*((?:owner|deny|audit)[ "
    r"\t]+)?(/[^\s,]{1,200}|@\{\w+\}[^\s,]{0,200})[ \t]+([rwamlkixpcuPCUI]{1,8})[ \t]*,"
)
PROFILE = re.compile(r"(?:^|/)apparmor(?:\.d)?/|\.apparmor\Z")
SELINUX = re.compile(
    r"[ \t]*(allow|permissive|dontaudit|auditallow|type_transition|typeattribute|neverallow|setsebool|"
    r"semanage)[ \t]+(.{3,300})"
)
POLICY = re.compile(r"\.(?:te|cil|if)\Z")
CIL = re.compile(r"[ \t]*\((allow|typepermissive|typetransition|dontaudit)[ \t]+(.{3,300})\)")
CAPABILITY = re.compile(r"\bsetcap[ \t]+(?:-\w[ \t]+)?['\"]?(cap_[\w,]+[=+][eip]+)")
POLKIT_JS = re.compile(r"polkit\.Result\.(\w+)|action\.id[ \t]*(?:==|\.indexOf\()[ \t=]*[\"']([\w.-]+)")
DOC = Doc(
    title="Permissions of workflows, roles, applications, extensions and policies",
    reads=("config/*", "text/*"),
    yields=("permission",),
    limitations=("macros of policy languages are not expanded",),
)


def read(material: Material) -> Iterator[Reading]:
    """Yield permissions by settings and by lines of policy languages."""
    if not is_lock(material):
        yield from bounded(_all(material))


def _all(material: Material) -> Iterator[Reading]:
    # polkit(8): `auth_admin_keep` was called `auth_admin_keep_session`
    path = material.part.place.path
    if material.kind in ("config/yaml", "config/json", "config/xml", "config/toml", "config/hcl", "config/ini"):
        for entry in told(material):
            said = _said(entry, material)
            if said:
                value = entry.value.removesuffix("_session") if said.startswith("polkit") else entry.value
                yield material.say(
                    "permission", shown(f"{said} {value}".strip()), entry.line, 0, f"{entry.path}={entry.value}"
                )
    elif PROFILE.search(path):
        for number, line in material.numbered:
            if line.lstrip()[:1] != "#" and (row := APPARMOR.match(line)):
                said = f"{row[1]}{row[2]}" if row[1] else f"{row[3] or ''}{row[4]} {row[5]}"
                yield material.say(
                    "permission", shown("apparmor " + " ".join(said.rstrip(" ,").split())), number, 0, line
                )
    elif POLICY.search(path):
        for number, line in material.numbered:
            if row := SELINUX.match(line) or CIL.match(line):
                yield material.say(
                    "permission", shown(f"selinux {row[1]} {' '.join(row[2].rstrip(';').split())}"), number, 0, line
                )
    if (
        material.kind in ("config/make", "config/dockerfile", "config/meson", "text/plain")
        and "setcap" in material.text
    ):
        for number, line in material.numbered:
            for found in CAPABILITY.finditer(line):
                yield material.say("permission", f"setcap {found[1]}", number, 0, line)


def _said(entry: Entry, material: Material) -> str:
    """Return what kind of permission an entry grants, or ""."""
    kind, path, value = material.kind, entry.path, entry.value
    if not value or len(value) > 400:
        return ""
    if kind == "config/xml":
        return _of_xml(entry)
    if (
        kind == "config/json"
        and material.part.place.name in ("manifest.json", "package.json", "plugin.json")
        and (row := EXTENSION.search(path))
    ):
        return f"extension {row[1]}"
    if row := WORKFLOW.search(path):
        return (
            f"workflow {row[1] or 'all'}"
            if kind == "config/yaml" and value in ("read", "write", "none", "read-all", "write-all", "{}")
            else ""
        )
    if row := RULES.search(path):
        return f"role {row[1]}"
    if row := ROLE_REF.search(path):
        return f"binding {row[3] or row[2]}"
    if row := IAM.search(path):
        return f"policy {row[1].lower()}"
    if (row := ROLES.search(path)) and not PEOPLE.search(path):
        return (
            f"grant {row[1].lower()}" if entry.type == "text" and len(value) < 120 and " " not in value.strip() else ""
        )
    return ""


def _of_xml(entry: Entry) -> str:
    path = entry.path
    if row := ANDROID.search(path):
        return f"android {row[1]}"
    if row := ANDROID_GRADE.search(path):
        return f"android {row[1]}"
    if row := POLKIT.search(path):
        return f"polkit {row[1] or 'action'}"
    if row := DBUS.search(path):
        return f"dbus {row[1] or f'{row[2]} {row[3]}'}"
    if path.endswith("dict.key") and ENTITLEMENT.match(entry.value):
        return "entitlement"
    return ""

import { apart, type Judgement } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import type { Value } from "../../lib/value";
import { LAUNCH_CONFIGURATION, LAUNCH_TEMPLATE } from "../types";
import { isTemplate, LAUNCH } from "./launch-kinds";
import { secretsIn } from "./secrets-in";
import { scriptIn } from "./user-data";

const must = "must be looked up by the instance";
const skip = "no user data";

/** Says what is there and where, and never how it reads: messages end up in logs. */
function judgeUserData(userData: Value): Judgement {
  const { path } = userData;
  const script = scriptIn(userData.text() ?? "");
  if (script === undefined) return [{ path, waits: "compressed, and cannot be read" }];
  return secretsIn(script).map(({ kind, line }) => ({ path, says: `${kind} on line ${line}, ${must}` }));
}

function* judgeLaunch(launch: Value, type: string) {
  const properties = isTemplate(type) ? ["userData"] : ["userData", "userDataBase64"];
  const given = properties.map((property) => launch.at(property)).filter((userData) => userData.isSet());
  if (given.length === 0) return { skip };
  yield* apart(...given.map((userData) => () => judgeUserData(userData)));
  return undefined;
}

function base64(...lines: readonly string[]): string {
  return Buffer.from(lines.join("\n")).toString("base64");
}

function finding(says: string, path = "userData") {
  return { path, says: `${says}, ${must}` };
}

// Put together here, because whoever looks for secrets in source code would find these.
const keyId = ["AKIA", "Q7XW2MZ4KJ9T5RVB"].join("");
const secret = ["kQ8vZ2nR5tYw7xBc", "/D3fGh6jKm9pLsVqXa1Tu4Wz"].join("");
const githubToken = ["ghp", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"].join("_");
const privateKey = ["-----BEGIN RSA PRIVATE", "KEY-----"].join(" ");
const keyLine = "MIIEowIBAAKCAQEA0Z3VS5JJcds3xfn1ygWyF8PbnGy5AHB7MhgwMbRvI0MBZhpK";

export const launchNoEmbeddedSecrets = rule({
  name: "launch-no-embedded-secrets",
  title: "User data holds no passwords, keys or tokens",
  description:
    "User data is kept in clear text in the template, in the state of the stack and on every instance, where any process can ask for it.",
  severity: "critical",
  level: "mandatory",
  types: LAUNCH,
  frameworks: {},
  remediation:
    "Have the instance read the value from Secrets Manager or Parameter Store with its role. Change the one that was written down.",
  url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html",
  judge: (launch, { type }) => judgeLaunch(launch, type),
  scenarios: [
    {
      name: "a password that is looked up",
      given: {
        userData: base64(
          "#!/bin/bash",
          "DB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id prod/db --query SecretString --output text)",
          'mysql --user=app --password="$DB_PASSWORD" < schema.sql',
          "TOKEN=`curl -X PUT http://169.254.169.254/latest/api/token`",
          `export PGPASSWORD=\${DB_PASSWORD}`,
        ),
      },
      is: "pass",
    },
    {
      name: "names of secrets, places to fill in, and settings that only sound like a password",
      types: LAUNCH_CONFIGURATION,
      given: {
        userData: [
          "#cloud-config",
          "ssh_pwauth: false",
          "chpasswd: { expire: false }",
          "users:",
          "  - name: app",
          "    lock_passwd: true",
          "write_files:",
          "  - content: |",
          "      PASSWORD_FILE=/run/secrets/db",
          "      SECRET_NAME=prod/db/password",
          "      db_password: {{ db_password }}",
          "      DB_PASSWORD=<your-password>",
          '      if [ "$PASSWORD" = "" ]; then exit 1; fi',
          "      api_key = os.environ.get('API_KEY')",
          "      postgres://app:$DB_PASSWORD@db.internal/app",
          "      PasswordAuthentication no",
          "      password=arn:aws:secretsmanager:eu-west-1:123456789012:secret:db",
        ].join("\n"),
      },
      is: "pass",
    },
    {
      name: "prompts for a password",
      given: {
        userData: base64(
          "#!/bin/bash",
          'echo "Jenkins password: " && cat "/var/lib/jenkins/secrets/initialAdminPassword"',
          'printf "Password: "; read -r pw; echo "thanks"',
          'read -sp "Password:" pw; echo "thanks"',
        ),
      },
      is: "pass",
    },
    {
      name: "passwords that a script reads or looks for",
      given: {
        userData: base64(
          "#!/usr/bin/env python3",
          "psycopg2.connect(host=secret['host'], user=secret['user'], password=secret['password'])",
          'psycopg2.connect(host=host, password=os.environ["DB_PASSWORD"], dbname="shop")',
          "psycopg2.connect(host=self.host, password=self.pw, port=5432)",
          'dsn = "password=" + pw + " host=db"',
          "  password: ENV['DB_PASSWORD']",
          "  password: process.env.DB_PW",
          "sed -i 's/DB_PASSWORD=.*/DB_PASSWORD='\"$PW\"'/' .env",
          "$password=Get-SSMParameter -Name /shop/password",
          "password=#{password}",
          "password=@@DB_PASSWORD@@",
          "password=%%DB_PASSWORD%%",
          "curl --header 'Authorization: token YOUR_TOKEN_GOES_HERE_1' https://api.example.com",
          "ENCRYPTION_KEY=mrk-1234abcd12ab34cd56ef1234567890ab",
        ),
      },
      is: "pass",
    },
    {
      name: "the keys of AWS's own examples",
      given: {
        userData: base64(
          "export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE",
          "export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        ),
      },
      is: "pass",
    },
    {
      name: "an access key",
      given: {
        userData: base64(
          "#!/bin/bash",
          `aws configure set aws_access_key_id ${keyId}`,
          `aws configure set aws_secret_access_key ${secret}`,
        ),
      },
      is: "fail",
      findings: [finding("a secret AWS access key on line 3")],
    },
    {
      name: "an access key under names of one's own",
      given: { userData: base64(`S3_SECRET="${secret}"`, `S3_ID="${keyId}"`) },
      is: "fail",
      findings: [finding("a secret AWS access key on line 1")],
    },
    {
      name: "a private key, and a token",
      given: {
        userData: base64(
          "#!/bin/bash",
          "cat > /root/.ssh/id_rsa <<'KEY'",
          privateKey,
          keyLine,
          "KEY",
          `git clone https://x-access-token:${githubToken}@github.com/acme/shop`,
        ),
      },
      is: "fail",
      findings: [finding("a private key on line 3"), finding("a GitHub token on line 6")],
    },
    {
      name: "passwords, however they are written",
      types: LAUNCH_CONFIGURATION,
      given: {
        userData: [
          "#!/bin/bash",
          "export DB_PASSWORD=hunter2",
          "mysql --user=app --password 'tr0ub4dor' < schema.sql",
          'echo "app:correct-horse" | chpasswd',
          '{"user": "app", "password": "battery staple"}',
          "password: hunter2 # until Friday",
          "DATABASE_URL=postgres://app:hunter2@db.internal/app",
          "DD_API_KEY=0a1b2c3d4e5f60718293a4b5c6d7e8f9",
        ].join("\n"),
      },
      is: "fail",
      findings: [
        finding("a password on line 2"),
        finding("a password on line 3"),
        finding("a password on line 4"),
        finding("a password on line 5"),
        finding("a password on line 6"),
        finding("a password in a URL on line 7"),
        finding("a key or token on line 8"),
      ],
    },
    {
      name: "a password for Windows, packed by the program",
      types: LAUNCH_CONFIGURATION,
      given: {
        userDataBase64: base64(
          "<powershell>",
          "$Password = ConvertTo-SecureString 'Hunter2!' -AsPlainText -Force",
          "</powershell>",
        ),
      },
      is: "fail",
      findings: [finding("a password on line 2", "userDataBase64")],
    },
    {
      name: "a token in a file that cloud-init unpacks",
      given: {
        userData: base64(
          "#cloud-config",
          "write_files:",
          "  - path: /etc/app.env",
          "    encoding: b64",
          `    content: ${base64(`GITHUB_TOKEN=${githubToken}`, "LOG_LEVEL=info")}`,
        ),
      },
      is: "fail",
      findings: [finding("a GitHub token on line 5")],
    },
    {
      name: "compressed user data",
      types: LAUNCH_TEMPLATE,
      given: {
        // export DB_PASSWORD=hunter2
        userData: "H4sIAAAAAAAAA1NW1E/KzNNPSizO4EqtKMgvKlFwcYoPcAwODvcPcrHNKM0rSS0y4gIAjwUc4icAAAA=",
      },
      is: "fail",
      findings: [finding("a password on line 2")],
    },
    { name: "none", given: {}, is: "skip", why: skip },
    {
      name: "not known yet",
      given: { userData: UNKNOWN },
      is: "deferred",
      deferrals: [{ path: "userData", waits: "not known yet" }],
    },
    {
      name: "compressed user data that is broken",
      given: { userData: Buffer.from([0x1f, 0x8b, 0, 0, 0, 0]).toString("base64") },
      is: "deferred",
      deferrals: [{ path: "userData", waits: "compressed, and cannot be read" }],
    },
  ],
});

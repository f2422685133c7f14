// Every bundled scenario file against schema/scenario.schema.json, by validators that are not ours: ajv, and yaml as the
// parser. Broken files must be refused at the right place. usage: validate.mjs ROOT SCHEMA-TOOL
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const [root, tool] = process.argv.slice(2)
const here = path.join(root, 'tests', 'schema')
if (!existsSync(path.join(here, 'node_modules', 'ajv'))) {
  try {
    execFileSync('npm', ['ci', '--silent', '--no-audit', '--no-fund'], { cwd: here, stdio: 'ignore', timeout: 90000 })
  } catch {
    console.log('1..0 # SKIP no npm packages, and the registry cannot be reached')
    process.exit(0)
  }
}
const load = createRequire(path.join(here, 'package.json'))
const Ajv = load('ajv').default ?? load('ajv')
const { parse } = load('yaml')

let count = 0, failed = 0
function check(fine, name, detail) {
  count++
  if (!fine) failed++
  console.log(`${fine ? 'ok' : 'not ok'} ${count} - ${name}`)
  if (!fine && detail) for (const line of String(detail).split('\n')) console.log('# ' + line)
}

const file = path.join(root, 'schema', 'scenario.schema.json')
const text = readFileSync(file, 'utf8')
check(execFileSync(tool, { encoding: 'utf8' }) === text, 'schema/scenario.schema.json is up to date')
const schema = JSON.parse(text)
const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true })
const validate = ajv.compile(schema)
check(true, 'the schema is one of draft-07')

// As editors read YAML: version 1.2, where a date is a text.
const read = (source) => parse(source, { version: '1.2', schema: 'core', maxAliasCount: 0 })

function* yamlFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const whole = path.join(folder, entry.name)
    if (entry.isDirectory()) yield* yamlFiles(whole)
    else if (entry.name.endsWith('.yaml')) yield whole
  }
}
for (const name of yamlFiles(path.join(root, 'scenarios')))
  check(validate(read(readFileSync(name, 'utf8'))), path.relative(root, name), ajv.errorsText(validate.errors?.slice(0, 8), { separator: '\n' }))

const wrong = {
  'a misspelt section': ['stage: {a: {takes: 1mo}}', ''],
  'a misspelt key': ['stages: {a: {take: 1mo}}', '/stages/a'],
  'a stage that is a text': ['stages: {a: 6mo}', '/stages/a'],
  'a day that is none': ['as_of: 1 March 2026', '/as_of'],
  'a language that is none': ['title: {fr: bonjour}', '/title'],
  'a condition without met': ['conditions: {a: {title: A}}', '/conditions/a'],
  'a shock without rate': ['shocks: {a: {lasts: 3mo}}', '/shocks/a'],
  'a variable without now': ['variables: {a: {drift: 1}}', '/variables/a'],
  'a key beside is': ['inputs: {a: {is: 3mo, form: judgement}}', '/inputs/a'],
  'a list of sections': ['- stages', ''],
  'a list as a value': ['define: {a: [1, 2]}', '/define/a'],
  'an issue without positions': ['issues: {a: {model: mean}}', '/issues/a'],
}
for (const [name, [source, place]] of Object.entries(wrong)) {
  const fine = validate(read(source))
  check(!fine && validate.errors.some((e) => e.instancePath === place), name, JSON.stringify(validate.errors))
}

const undescribed = []
for (const holder of [schema, ...Object.values(schema.definitions).flatMap((d) => [d, ...(d.anyOf ?? [])])])
  for (const [key, property] of Object.entries(holder.properties ?? {}))
    if (holder.required?.[0] !== 'is' && !property.description && !['en', 'ja', 'ko'].includes(key)) undescribed.push(key)
check(!undescribed.length, 'every key is described', undescribed.join(', '))
console.log(`1..${count}`)
process.exit(failed ? 1 : 0)

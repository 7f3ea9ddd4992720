// What LiquidJS makes of the cases on its input, as JSON:
//   python -m tests.liquid.vectors.cases latest | node make_latest.mjs FOLDER > expected/latest.json
// FOLDER holds node_modules/liquidjs, as `npm install liquidjs@10.30.1` leaves it.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const VERSION = '10.30.1'
process.env.TZ = 'UTC'

const load = createRequire(resolve(process.argv[2], 'package.json'))
const { Liquid } = load('liquidjs')
const version = load('liquidjs/package.json').version
if (version !== VERSION) throw new Error(`the expected texts are of liquidjs ${VERSION}, this is ${version}`)

const { now, cases } = JSON.parse(readFileSync(0, 'utf8'))
const RealDate = Date
globalThis.Date = class extends RealDate {
  constructor (...given) { given.length ? super(...given) : super(now * 1000) }
  static now () { return now * 1000 }
}

const vectors = {}
for (const { id, check, template, data, partials } of cases) {
  const engine = new Liquid({ strictVariables: true, strictFilters: true, lenientIf: true, templates: partials })
  try {
    vectors[id] = { check, output: engine.parseAndRenderSync(template, data) }
  } catch (error) {
    vectors[id] = { check, error: error.message.split('\n')[0] }
  }
}
process.stdout.write(JSON.stringify({ engine: `LiquidJS ${VERSION}`, vectors }, null, 1) + '\n')

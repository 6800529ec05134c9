/** `npm run soak -- --help`: long trials of what must never be lost, all or one of them. */
import { PARTS } from './parts.ts'
import { createReport } from './report.ts'
import { helpOf, readOptions, SoakError } from './soak-options.ts'

const tell = (line: string): void => void process.stdout.write(`${line}\n`)

const runParts = async (args: readonly string[]): Promise<number> => {
  const options = readOptions(args, PARTS)
  if (options === null) {
    tell(helpOf(PARTS))
    return 0
  }
  const { only, catalogue } = options
  const report = createReport(tell)
  for (const { name, ofCatalogue = false, run } of PARTS)
    if (only === undefined ? ofCatalogue === catalogue : name === only) await run(options, report)
  tell(report.failures.length === 0 ? 'all held' : `${report.failures.length} failed`)
  return report.failures.length === 0 ? 0 : 1
}

try {
  // Some trials leave connections behind that would keep the process.
  process.exit(await runParts(process.argv.slice(2)))
} catch (error) {
  if (!(error instanceof SoakError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}

import { type Command, Option } from 'commander'
import { READ_FORMATS_TEXT } from '../../core/interop/label-format-traits.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { countText } from '../../core/units/count-text.ts'
import type { FileReport, ImportReport } from '../../engine/exchange/import-report.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'

/** What came of a file, and why not more. */
const fileLines = ({ file, imported, titles, reasons }: FileReport): readonly string[] => [
  printable(`  ${file}: ${imported === 0 ? 'nothing imported' : `${imported} on ${titles.join(', ')}`}`),
  ...reasons.map((reason) => printable(`    ${reason}`)),
]

const adviceOn = ({ files, failures }: ImportReport): readonly string[] => {
  const hints = failures.filter(({ error }) => error.code !== 'TRACK_NOT_FOUND').map(({ error }) => error.hint)
  const isUnmatched = files.some(({ unmatched }) => unmatched.length > 0)
  return [
    ...new Set(hints),
    ...(isUnmatched ? ['Say which track a file is for with --track; `algiers tracks` lists them.'] : []),
  ]
}

type Options = { readonly track?: string; readonly overlap: 'refuse' | 'trim'; readonly dryRun?: boolean }

export const labelsImport = (cli: Cli): Command =>
  cli
    .command({
      name: 'import',
      description: `Import labels from files: ${READ_FORMATS_TEXT}, or archives of them. Tracks are found by audio, path or name.`,
      examples: ['algiers labels import ~/labels/*.json', 'algiers labels import marks.txt --track "Summer Nights"'],
    })
    .argument('<file...>', 'files with labels')
    .option('--track <track>', 'all labels are for this track')
    .option('--dry-run', 'say what would be imported, and change nothing')
    .addOption(
      new Option('--overlap <what>', 'what to do about existing labels in the way')
        .choices(['refuse', 'trim'])
        .default('refuse'),
    )
    .action(
      cli.run(async (terminal, options: Options, files: readonly string[]) =>
        cli.withApp(async (app) => {
          const report = await app.exchange.import(files, options)
          terminal.result(snakeCase(report), () => [
            `${countText(report.imported, 'label')} ${report.dryRun ? 'would be imported' : 'imported'} on ${countText(report.tracks.length)}, ${report.unchanged} already there, ${report.skipped} left out (marked as doubtful, or not a section kind)`,
            ...report.files.flatMap(fileLines),
          ])
          for (const warning of report.warnings) terminal.note(printable(warning))
          for (const line of adviceOn(report)) terminal.note(line)
          return report.failures.length + report.refused.length > 0 ? 3 : 0
        }),
      ),
    )

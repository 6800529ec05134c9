import { type Command, Option } from 'commander'
import { LABEL_FORMAT_TRAITS } from '../../core/interop/label-format-traits.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import type { Cli } from '../cli.ts'
import { failureLines } from '../failure-lines.ts'
import { printable } from '../printable.ts'

type Options = { readonly track?: string; readonly overlap: 'refuse' | 'trim'; readonly dryRun?: boolean }

export const labelsImport = (cli: Cli): Command =>
  cli
    .command({
      name: 'import',
      description: `Take labels from files: ${LABEL_FORMAT_TRAITS.map(({ name, extension }) => `${name} ${extension}`).join(', ')}. Tracks are found by audio, path or name.`,
      examples: ['algiers labels import ~/labels/*.json', 'algiers labels import marks.txt --track "Summer Nights"'],
    })
    .argument('<file...>', 'files with labels')
    .option('--track <track>', 'all labels are for this track')
    .option('--dry-run', 'say what would come of it, and change nothing')
    .addOption(
      new Option('--overlap <what>', 'what to do about labels that are there already')
        .choices(['refuse', 'trim'])
        .default('refuse'),
    )
    .action(
      cli.run(async (terminal, options: Options, files: readonly string[]) =>
        cli.withApp(async (app) => {
          const report = await app.exchange.import(files, options)
          terminal.result(snakeCase(report), () => [
            `${report.imported} labels ${report.dryRun ? 'would be imported' : 'imported'} on ${report.tracks.length} tracks, ${report.unchanged} there already, ${report.skipped} left out (marked doubtful, or no section kind)`,
          ])
          for (const warning of report.warnings) terminal.note(printable(warning))
          for (const { file, label, error } of report.refused)
            terminal.note(printable(`${file}: ${label}: ${error.title}. ${error.detail}`))
          for (const line of failureLines(report.failures)) terminal.note(line)
          return report.failures.length + report.refused.length > 0 ? 3 : 0
        }),
      ),
    )

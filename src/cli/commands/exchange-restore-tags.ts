import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import { countText } from '../../core/units/count-text.ts'
import { parsePath } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { withProgressBar } from '../progress-bar.ts'

export const exchangeRestoreTags = (cli: Cli): Command =>
  cli
    .command({
      name: 'restore-tags',
      description: 'Put back the Serato tags that your files had before `exchange export --in-place` wrote into them.',
      examples: ['algiers exchange restore-tags ~/serato-before'],
    })
    .argument('<folder>', 'the output folder of that export', parsePath)
    .option('--dry-run', 'only say what would be put back')
    .action(
      cli.run(async (terminal, { dryRun = false }: { readonly dryRun?: boolean }, folder: string) =>
        cli.withApp(async (app) => {
          const report = await withProgressBar(terminal, 'Restore', (update) =>
            app.exchange.restoreSeratoTags(
              { folder, dryRun },
              {
                signal: terminal.signal,
                onProgress: ({ done, total }) => update(done / Math.max(1, total), ''),
              },
            ),
          )
          terminal.result(snakeCase(report), () => [
            `${countText(report.restored.length, 'file')} ${dryRun ? 'would get' : 'with'} ${report.restored.length === 1 ? 'its' : 'their'} old tags ${dryRun ? 'back' : 'again'}`,
            ...report.skipped.map(({ backup, reason }) => printable(`  ${backup}: ${reason}`)),
          ])
        }),
      ),
    )

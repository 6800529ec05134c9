import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import { countText } from '../../core/units/count-text.ts'
import { parsePath, parseWholeNumber } from '../argument-parsers.ts'
import { type CatalogueOptions, withCatalogueOption, withKeeper } from '../catalogue-option.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'

type Options = CatalogueOptions & { readonly priority: number }

export const catalogueAdd = (cli: Cli): Command =>
  withCatalogueOption(
    cli.command({
      name: 'add',
      description:
        'Record all music below a folder or in a bucket, for workers to analyse. Run it again for what is new.',
      examples: ['algiers catalogue add /mnt/music', 'algiers catalogue add s3://music/archive --priority 5'],
    }),
  )
    .argument('<prefix>', 'folder that every worker sees at the same place, or s3://bucket/prefix', parsePath)
    .option('--priority <number>', 'files of a higher number are analysed first', parseWholeNumber, 0)
    .action(
      cli.run(async (terminal, { priority, ...options }: Options, prefix: string) =>
        withKeeper(options, async (keeper) => {
          const added = await keeper.add(prefix, { priority, signal: terminal.signal })
          const { found, waiting, leftOut } = added
          terminal.result(snakeCase(added), () => [
            `${countText(found, 'file')} of music in ${printable(added.prefix)}: ${waiting} new or changed, which wait for a worker.`,
            ...(leftOut > 0 ? [`${countText(leftOut, 'file')} passed over: not music, hidden or unreadable.`] : []),
          ])
        }),
      ),
    )

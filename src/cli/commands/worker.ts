import type { Command } from 'commander'
import { parsePositiveInteger } from '../argument-parsers.ts'
import { type CatalogueOptions, withCatalogueOption } from '../catalogue-option.ts'
import type { Cli } from '../cli.ts'

type Options = CatalogueOptions & { readonly concurrency: number; readonly untilDone?: boolean }

export const worker = (cli: Cli): Command =>
  withCatalogueOption(
    cli.command({
      name: 'worker',
      description:
        'Analyse what waits in a catalogue, on as many machines as you like. On Ctrl-C or SIGTERM it finishes what it has begun. Prints a line of JSON for each file.',
      examples: ['algiers worker --catalogue postgres://me@db/music?sslmode=verify-full --concurrency 4'],
    }),
  )
    .option('--concurrency <number>', 'files that are analysed at once', parsePositiveInteger, 1)
    .option('--until-done', 'end once nothing waits')
    .action(
      cli.run(async (terminal, { catalogue, concurrency, untilDone = false }: Options) => {
        const { runWorker } = await import('../../catalogue.ts')
        const tell = (event: object): void => terminal.note(JSON.stringify({ at: new Date().toISOString(), ...event }))
        const counts = { analysed: 0, dead: 0 }
        await runWorker(catalogue, {
          concurrency,
          untilDone,
          signal: terminal.signal,
          onReady: () => tell({ type: 'ready', concurrency }),
          onEvent: (event) => {
            if (event.type === 'analysed') counts.analysed++
            if (event.type === 'dead') counts.dead++
            tell(event)
          },
        })
        terminal.result(counts, () => [`${counts.analysed} files analysed, ${counts.dead} given up.`])
      }),
    )

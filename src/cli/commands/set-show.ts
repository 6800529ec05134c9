import type { Command } from 'commander'
import { setDocumentOf } from '../../api/views/kept-set-document.ts'
import { parsePositiveInteger } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { setLines } from '../set-lines.ts'

export const setShow = (cli: Cli): Command =>
  cli
    .command({
      name: 'show',
      description:
        'Show a set: its tracks, when each comes in, over which bars each leads into the next, and what is wrong with it.',
      examples: ['algiers set show 3', 'algiers set show 3 --version 2'],
    })
    .argument('<set>', 'number of the set, as `algiers set list` shows it', parsePositiveInteger)
    .option('--version <number>', 'an earlier version, as `algiers set versions` lists them', parsePositiveInteger)
    .action(
      cli.run(async (terminal, { version }: { readonly version?: number }, id: number) =>
        cli.withApp(async (app) => {
          const set = await app.sets.kept.look(id, version)
          terminal.result(await setDocumentOf(set), () => setLines(set))
        }),
      ),
    )

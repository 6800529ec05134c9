import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import { countText } from '../../core/units/count-text.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'

type Options = { readonly redo?: true }

export const playlistUndo = (cli: Cli): Command =>
  cli
    .command({
      name: 'undo',
      description: 'Take back what was done last with playlists; again, and it is what was done before that.',
      examples: ['algiers playlist undo', 'algiers playlist undo --redo'],
    })
    .option('--redo', 'do again what was taken back')
    .action(
      cli.run(async (terminal, { redo }: Options) =>
        cli.withApp(async (app) => {
          const taken = await app.collection.playlists.takeBack(redo ? 'redo' : 'undo')
          terminal.result(snakeCase(taken), () => [`${redo ? 'Done again' : 'Taken back'}: ${printable(taken.says)}`])
          if (taken.lostTracks > 0) terminal.note(`${countText(taken.lostTracks)} of it left the library meanwhile.`)
        }),
      ),
    )

import type { Command } from 'commander'
import { openWish } from '../../api/operations/set-wish.ts'
import { setDocumentOf } from '../../api/views/kept-set-document.ts'
import { wishOf } from '../../api/views/wish-document.ts'
import { parseName } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { setLines } from '../set-lines.ts'
import { trackIdsOf } from '../track-ids.ts'

export const setMake = (cli: Cli): Command =>
  cli
    .command({
      name: 'make',
      description: 'Keep tracks in an order of your own as a set.',
      examples: ['algiers set make Friday "Summer Nights" 12 "Low Tide"'],
    })
    .argument('<name>', 'what to call it', parseName)
    .argument('<tracks...>', 'ids, paths or names of the tracks, in their order')
    .action(
      cli.run(async (terminal, _options: object, name: string, tracks: readonly string[]) =>
        cli.withApp(async (app) => {
          const id = await app.sets.kept.add({
            name,
            wish: wishOf(openWish()),
            isAsLong: true,
            trackIds: await trackIdsOf(app, tracks),
          })
          const set = await app.sets.kept.look(id)
          terminal.result(await setDocumentOf(set), () => setLines(set))
        }),
      ),
    )

import type { Command } from 'commander'
import { setDocumentOf } from '../../api/views/kept-set-document.ts'
import { parseName } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { withProgressBar } from '../progress-bar.ts'
import { setLines } from '../set-lines.ts'
import { type WishOptions, wishOfOptions, withWishOptions } from '../set-wish-options.ts'

export const setSave = (cli: Cli): Command =>
  withWishOptions(
    cli
      .command({
        name: 'save',
        description: 'Plan a set as `algiers set plan` does, and keep it with what it was wished to be.',
        examples: ['algiers set save "Friday night" --minutes 90 --arc peak'],
      })
      .argument('<name>', 'what to call it', parseName),
  ).action(
    cli.run(async (terminal, options: WishOptions, name: string) =>
      cli.withApp(async (app) => {
        const { kept } = app.sets
        const wish = await wishOfOptions(app, options)
        const id = await kept.add({ name, wish, trackIds: [] })
        await withProgressBar(terminal, 'Looking at the tracks', (update) =>
          kept.plan(id, {
            onProgress: ({ done, total, item }) => update(total === 0 ? 1 : done / total, item ?? ''),
          }),
        )
        const set = await kept.look(id)
        terminal.result(setDocumentOf(set), () => setLines(set))
      }),
    ),
  )

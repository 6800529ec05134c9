import type { Command } from 'commander'
import { setDocumentOf } from '../../api/views/kept-set-document.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { parseName } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { withProgressBar } from '../progress-bar.ts'
import { refusalLines, setLines } from '../set-lines.ts'
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
        const { kept, plan } = app.sets
        const wish = await wishOfOptions(app, options)
        // Nothing is kept where no set can be planned.
        const { tracks, refusals } = await withProgressBar(terminal, 'Looking at the tracks', (update) =>
          plan(wish, {
            signal: terminal.signal,
            onProgress: ({ done, total, item }) => update(total === 0 ? 1 : done / total, item ?? ''),
          }),
        )
        const set = await kept.look(await kept.add({ name, wish, trackIds: tracks.map((track) => track.id) }))
        terminal.result({ ...(await setDocumentOf(set)), refusals: snakeCase(refusals) }, () => [
          ...setLines(set),
          ...refusalLines(refusals),
        ])
      }),
    ),
  )

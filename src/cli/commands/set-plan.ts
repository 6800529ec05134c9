import type { Command } from 'commander'
import { setDocument } from '../../api/views/set-document.ts'
import { countText } from '../../core/units/count-text.ts'
import type { SetPlan } from '../../engine/sets/plan.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { withProgressBar } from '../progress-bar.ts'
import { refusalLines } from '../set-lines.ts'
import { type WishOptions, wishOfOptions, withWishOptions } from '../set-wish-options.ts'
import { formatTable } from '../table.ts'

const linesOf = ({ tracks, transitions, minutes, score, refusals }: SetPlan): readonly string[] => [
  ...formatTable(
    ['place', 'id', 'track', 'BPM', 'key', 'energy'],
    tracks.map((track, at) => [
      at + 1,
      track.id,
      printable(track.artist ? `${track.artist} – ${track.title}` : track.title),
      track.tempoBpm === null ? null : track.tempoBpm.toFixed(1),
      track.camelot,
      track.energy,
    ]),
  ),
  '',
  ...transitions.map(
    ({ sentence, score: one }, at) =>
      `${at + 1} → ${at + 2}  ${one === null ? 'not known' : one.toFixed(2)}  ${printable(sentence)}`,
  ),
  '',
  `${countText(tracks.length)}, about ${countText(Math.round(minutes), 'minute')}; score ${score.toFixed(2)} of 1`,
  ...refusalLines(refusals),
]

export const setPlan = (cli: Cli): Command =>
  withWishOptions(
    cli.command({
      name: 'plan',
      description:
        'Plan a set from the tracks of the library: which tracks in which order, and over which bars each leads into the next. The same seed plans the same set.',
      examples: [
        'algiers set plan --minutes 60 --arc peak',
        'algiers set plan --minutes 90 --pool "genre=techno&bpm_min=125" --first "Summer Nights" --tempo-step 3',
        'algiers set plan --minutes 60 --seed 2 --json | jq -r ".transitions[].sentence"',
      ],
    }),
  ).action(
    cli.run(async (terminal, options: WishOptions) =>
      cli.withApp(async (app) => {
        const wish = await wishOfOptions(app, options)
        const plan = await withProgressBar(terminal, 'Looking at the tracks', (update) =>
          app.sets.plan(wish, {
            signal: terminal.signal,
            onProgress: ({ done, total, item }) => update(total === 0 ? 1 : done / total, item ?? ''),
          }),
        )
        terminal.result(setDocument(plan), () => linesOf(plan))
      }),
    ),
  )

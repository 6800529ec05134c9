import type { Command } from 'commander'
import { nextDocument } from '../../api/views/teaching-document.ts'
import { spanText } from '../../core/labels/bar-text.ts'
import { parsePositiveInteger } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { readMissing } from '../read-missing.ts'

const SHOWN = 10

export const labelsNext = (cli: Cli): Command =>
  cli
    .command({
      name: 'next',
      description: 'Say what to label next: what teaches the model most for the least work.',
      examples: ['algiers labels next', 'algiers labels next --limit 20'],
    })
    .option('--limit <count>', 'the most to list', parsePositiveInteger, SHOWN)
    .action(
      cli.run(async (terminal, { limit }: { readonly limit: number }) =>
        cli.withApp(async (app) => {
          await readMissing(terminal, app)
          const next = await app.labelling.teaching.next(limit)
          terminal.result(nextDocument(next), () => [
            ...next.groups.map(([first, ...alike]) =>
              printable(
                `${first!.trackTitle}, ${spanText(first!, first!)}: ${first!.kind}?${alike.length > 0 ? ` and ${alike.length} alike` : ''}`,
              ),
            ),
            ...next.tracks.map(({ title, artist }) => printable(artist === null ? title : `${title}, ${artist}`)),
            ...(next.groups.length + next.tracks.length === 0 ? ['There is nothing to label yet.'] : []),
            ...next.gains,
          ])
        }),
      ),
    )

import type { Command } from 'commander'
import { pairDocument } from '../../api/views/graph-document.ts'
import { DEFAULT_LEAST } from '../../core/setlist/transition-graph.ts'
import { parseScore } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'

export const graphPair = (cli: Cli): Command =>
  cli
    .command({
      name: 'pair',
      description: 'Say how one track leads into another, over which bars, or why it does not.',
      examples: ['algiers graph pair "Summer Nights" 12', 'algiers graph pair 12 7 --json | jq ".reasons[].code"'],
    })
    .argument('<from>', 'id, path, or part of the title or file name')
    .argument('<to>', 'the track that comes next')
    .option('--least <score>', 'the score from which a transition is good, up to 1', parseScore, DEFAULT_LEAST)
    .action(
      cli.run(async (terminal, { least }: { readonly least: number }, from: string, to: string) =>
        cli.withApp(async (app) => {
          const pair = await app.sets.pair(from, to, least)
          terminal.result(pairDocument(pair), () => [
            pair.reasons.length === 0 ? 'They mix well.' : 'They do not mix well.',
            ...pair.reasons.map(({ sentence }) => sentence),
            ...pair.proposals.map(
              ({ score, sentence }) => `${score === null ? 'not known' : score.toFixed(2)}  ${printable(sentence)}`,
            ),
          ])
        }),
      ),
    )

import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import { parseModelVersion } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { scoreboardLines } from '../scoreboard-lines.ts'

export const modelsShow = (cli: Cli): Command =>
  cli
    .command({
      name: 'show',
      description: 'Show how good a version is and what it was made from.',
      examples: ['algiers models show v3', 'algiers models show 3 --json'],
    })
    .argument('<version>', 'number of the version, e.g. v3', parseModelVersion)
    .action(
      cli.run(async (terminal, _options: object, version: number) =>
        cli.withApp(async (app) => {
          const model = await app.versions.show(version)
          const { card } = model
          terminal.result({ model: snakeCase(model) }, () => [
            `v${version}${model.isActive ? ' (active)' : ''}, trained ${card.createdAt.slice(0, 16).replace('T', ' ')} on ${
              card.lineage.labels.length
            } labels of ${card.lineage.tracks.length} tracks in ${card.trainingSeconds.toFixed(1)} s, seed ${card.seed}, ${card.epochs} epochs, begun ${card.lineage.base === null ? 'from nothing' : 'from the base model'}`,
            printable(model.modelPath),
            '',
            ...scoreboardLines(card.scoreboard),
          ])
        }),
      ),
    )

import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import type { Cli } from '../cli.ts'
import { formatTable } from '../table.ts'

const percent = (value: number | null): string | null => (value === null ? null : `${(value * 100).toFixed(1)} %`)

export const modelsList = (cli: Cli): Command =>
  cli
    .command({
      name: 'list',
      description: 'List the versions of your section model.',
      examples: ['algiers models list'],
    })
    .action(
      cli.run(async (terminal) =>
        cli.withApp(async (app) => {
          const models = await app.versions.list()
          terminal.result({ models: snakeCase(models) }, () =>
            models.length === 0
              ? ['No model yet. Label some tracks, then: algiers train']
              : formatTable(
                  ['version', 'accuracy', 'macro-F1', 'labels', 'trained', ''],
                  models.map((model) => [
                    `v${model.version}`,
                    percent(model.accuracy),
                    percent(model.f1Score),
                    Object.values(model.labelCounts).reduce((sum, count) => sum + count, 0),
                    model.createdAt.slice(0, 16).replace('T', ' '),
                    `${model.isActive ? 'active ' : ''}${model.isCompatible ? '' : 'incompatible: train again'}`,
                  ]),
                ),
          )
        }),
      ),
    )

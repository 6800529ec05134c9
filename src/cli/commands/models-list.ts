import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import { percentText } from '../../core/units/percent-text.ts'
import type { ModelView } from '../../engine/versions/model-operations.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { formatTable } from '../table.ts'

const wordsOf = ({ isActive, isCompatible, origin, name, damage, scope }: ModelView): string =>
  [
    isActive ? 'active' : null,
    scope && `for ${printable(scope.name)}`,
    origin === 'imported' ? "imported, its maker's figures" : null,
    origin === 'blend' ? 'blend' : null,
    damage === null ? null : `damaged: ${printable(damage)}`,
    isCompatible || damage !== null ? null : 'incompatible: train again',
    origin === 'shipped' ? "ships with Algiers, its makers' figures" : name && printable(name),
  ]
    .filter((word) => word !== null)
    .join(', ')

export const modelsList = (cli: Cli): Command =>
  cli
    .command({
      name: 'list',
      description: 'List the versions of your section model, and the shipped model.',
      examples: ['algiers models list'],
    })
    .action(
      cli.run(async (terminal) =>
        cli.withApp(async (app) => {
          const all = await app.versions.list({ withShipped: true })
          const [models, [shipped = null]] = [
            all.filter(({ origin }) => origin !== 'shipped'),
            all.filter(({ origin }) => origin === 'shipped'),
          ]
          terminal.result({ models: snakeCase(models), shipped: shipped && snakeCase(shipped) }, () => [
            ...formatTable(
              ['version', 'accuracy', 'macro-F1', 'labels', 'made', ''],
              all.map((model) => [
                `v${model.version}`,
                model.accuracy === null ? null : percentText(model.accuracy),
                model.f1Score === null ? null : percentText(model.f1Score),
                model.origin === 'shipped'
                  ? null
                  : Object.values(model.labelCounts).reduce((sum, count) => sum + count, 0),
                model.createdAt.slice(0, 16).replace('T', ' '),
                wordsOf(model),
              ]),
            ),
            ...(models.length === 0 ? ['', 'No model of your own yet. Label some tracks, then: algiers train'] : []),
          ])
        }),
      ),
    )

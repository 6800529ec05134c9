import type { Command } from 'commander'
import { SECTION_KINDS } from '../../core/labels/section-kind.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { countText } from '../../core/units/count-text.ts'
import type { Cli } from '../cli.ts'
import { formatTable } from '../table.ts'

export const labelsStats = (cli: Cli): Command =>
  cli
    .command({
      name: 'stats',
      description: 'Count the labels of each kind and say whether there are enough to train on.',
      examples: ['algiers labels stats'],
    })
    .action(
      cli.run(async (terminal) =>
        cli.withApp(async (app) => {
          const stats = await app.labelling.stats()
          terminal.result(snakeCase(stats), () => [
            ...formatTable(
              ['section', 'labels', 'tracks', 'minutes'],
              SECTION_KINDS.map((kind) => {
                const { labels, tracks, minutes } = stats.perClass[kind]
                return [kind, `${labels}/${stats.minSamplesRequired}`, tracks, minutes]
              }),
            ),
            `${countText(stats.totalLabels, 'label')} on ${countText(stats.tracksCovered)}, ${stats.avgPerTrack} per track`,
            ...(stats.readyForTraining ? ['Ready for training.'] : stats.missing),
          ])
        }),
      ),
    )

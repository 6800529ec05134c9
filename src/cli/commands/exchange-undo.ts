import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import { countText } from '../../core/units/count-text.ts'
import { parseWholeNumber } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'

export const exchangeUndo = (cli: Cli): Command =>
  cli
    .command({
      name: 'undo',
      description: 'Take back everything that an import brought and you have not changed since.',
      examples: ['algiers exchange undo 1'],
    })
    .argument('<import>', 'number that `algiers exchange list` shows', parseWholeNumber)
    .action(
      cli.run(async (terminal, _options: object, id: number) =>
        cli.withApp(async (app) => {
          const undone = await app.exchange.libraries.undo(id)
          terminal.result(snakeCase(undone), () => [
            `Import ${id} taken back: ${[
              `${countText(undone.labelsRemoved, 'label')} removed`,
              `${undone.labelsKept} that you have changed kept`,
              `notes of ${countText(undone.notesRestored)}, beat grids of ${countText(undone.gridsRestored.length)} as before`,
              `${countText(undone.playlistsRemoved, 'playlist')} removed`,
            ].join(', ')}`,
          ])
        }),
      ),
    )

import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import { UserError } from '../../core/support/user-error.ts'
import { countText } from '../../core/units/count-text.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'

export const labelsUndo = (cli: Cli): Command =>
  cli
    .command({
      name: 'undo',
      description:
        'Take back what was mended, dismissed, accepted or removed (a lens, a kind, a scope) last; again, and it is what was done before that.',
      examples: ['algiers labels undo'],
    })
    .action(
      cli.run(async (terminal) =>
        cli.withApp(async (app) => {
          const { teaching } = app.labelling
          const last = (await teaching.steps()).find(({ undoneAt }) => undoneAt === null)
          if (last === undefined)
            throw new UserError('STEP_NOT_FOUND', 'Nothing was mended, dismissed, accepted or removed.')
          const undone = await teaching.undo(last.id)
          terminal.result(snakeCase(undone), () => [
            printable(
              `Taken back: ${undone.says}${undone.labels > 0 ? `; ${countText(undone.labels, 'label')} went with it` : ''}`,
            ),
          ])
        }),
      ),
    )

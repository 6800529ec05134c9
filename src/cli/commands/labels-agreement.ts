import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import { countText } from '../../core/units/count-text.ts'
import { percentText } from '../../core/units/percent-text.ts'
import type { Cli } from '../cli.ts'

export const labelsAgreement = (cli: Cli): Command =>
  cli
    .command({
      name: 'agreement',
      description: 'Say how often you called a section of yours the same when you were asked again without seeing it.',
      examples: ['algiers labels agreement'],
    })
    .action(
      cli.run(async (terminal) =>
        cli.withApp(async (app) => {
          const agreement = await app.labelling.teaching.agreement()
          const { asked, share, band, due } = agreement
          terminal.result(snakeCase(agreement), () => [
            share === null || band === null
              ? 'You have not been asked again yet: that needs ears, and the page to listen.'
              : `You agree with yourself on ${percentText(share)} of ${countText(asked, 'section')} (90 % band: ${percentText(band.low)} to ${percentText(band.high)}). No model can be expected to do better.`,
            ...(due > 0 ? [`${countText(due, 'question')} due.`] : []),
          ])
        }),
      ),
    )

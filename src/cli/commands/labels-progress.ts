import type { Command } from 'commander'
import { progressDocument } from '../../api/views/teaching-document.ts'
import { selfAgreementText } from '../../core/evaluation/self-agreement-text.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import type { SelfAgreement } from '../../engine/labelling/teaching/self-agreement.ts'
import type { Cli } from '../cli.ts'

const agreementLines = ({ asked, share, band }: SelfAgreement): readonly string[] =>
  share === null || band === null ? [] : [selfAgreementText({ asked, share, band })]

export const labelsProgress = (cli: Cli): Command =>
  cli
    .command({
      name: 'progress',
      description:
        'Say what got better with the last training, on the same labels, what is still weak, and how far you agree with yourself.',
      examples: ['algiers labels progress'],
    })
    .action(
      cli.run(async (terminal) =>
        cli.withApp(async (app) => {
          const { teaching } = app.labelling
          const [progress, agreement] = [await teaching.progress(), await teaching.agreement()]
          const document = { ...progressDocument(progress), self_agreement: snakeCase(agreement) }
          terminal.result(document, () => [
            ...(progress.words.length > 0
              ? progress.words
              : ['Nothing has been learnt from your labels yet. Train a model: algiers train']),
            ...agreementLines(agreement),
          ])
        }),
      ),
    )

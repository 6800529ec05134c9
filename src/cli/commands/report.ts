import type { Command } from 'commander'
import { UserError } from '../../core/support/user-error.ts'
import { askServer } from '../ask-server.ts'
import type { Cli } from '../cli.ts'

type Options = { readonly names?: boolean }

/** From the library itself, from the server that has it open, or from what can be told where it does not open. */
const makeReport = async (cli: Cli, withNames: boolean): Promise<string> => {
  try {
    return await cli.withApp((app) => app.upkeep.report(withNames))
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const { findRunningServer, SURELY_WITHIN_MS } = await import('../../api/running-server.ts')
    const running = error.code === 'ALREADY_RUNNING' ? await findRunningServer(cli.dataDir, SURELY_WITHIN_MS) : null
    if (running !== null) {
      const answer = await askServer(running, `/api/report?names=${withNames}`)
      if (answer !== null) return answer.text()
    }
    const { code, title, message: detail, hint } = error
    return cli.withTools(({ desktop }) => desktop.report({ code, title, detail, hint }, withNames))
  }
}

export const report = (cli: Cli): Command =>
  cli
    .command({
      name: 'report',
      description:
        'Write what helps to find a fault: versions, health, last errors. No title, file or folder is in it unless you ask for --names.',
      examples: ['algiers report > report.txt', 'algiers report --names --json'],
    })
    .option('--names', 'also titles, files, folders and the end of the log')
    .action(
      cli.run(async (terminal, { names = false }: Options) => {
        const text = await makeReport(cli, names)
        terminal.result({ report: text }, () => [text.trimEnd()])
      }),
    )

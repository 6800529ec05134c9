import { Command } from 'commander'
import { packageManifest } from '../engine/kit/package-manifest.ts'
import type { Cli, CliStreams } from './cli.ts'
import { CLOSING_HELP } from './closing-help.ts'
import type { Build, Group } from './groups/group.ts'

/** By the word, in the order of the help. */
const GROUPS: Readonly<Record<string, () => Promise<Group>>> = {
  library: async () => (await import('./groups/library.ts')).libraryGroup,
  labels: async () => (await import('./groups/labels.ts')).labelsGroup,
  playlist: async () => (await import('./groups/playlist.ts')).playlistGroup,
  exchange: async () => (await import('./groups/exchange.ts')).exchangeGroup,
  models: async () => (await import('./groups/models.ts')).modelsGroup,
  grid: async () => (await import('./groups/grid.ts')).gridGroup,
  backups: async () => (await import('./groups/backups.ts')).backupsGroup,
  set: async () => (await import('./groups/set.ts')).setGroup,
  graph: async () => (await import('./groups/graph.ts')).graphGroup,
  catalogue: async () => (await import('./groups/catalogue.ts')).catalogueGroup,
  settings: async () => (await import('./groups/settings.ts')).settingsGroup,
}

/** By the name of the command, in the order of the help. */
const SINGLE: Readonly<Record<string, () => Promise<Build>>> = {
  tracks: async () => (await import('./commands/tracks.ts')).tracks,
  note: async () => (await import('./commands/note.ts')).note,
  similar: async () => (await import('./commands/similar.ts')).similar,
  transition: async () => (await import('./commands/transition.ts')).transition,
  train: async () => (await import('./commands/train.ts')).train,
  classify: async () => (await import('./commands/classify.ts')).classify,
  why: async () => (await import('./commands/why.ts')).why,
  analyze: async () => (await import('./commands/analyze.ts')).analyze,
  qa: async () => (await import('./commands/qa.ts')).qa,
  tags: async () => (await import('./commands/tags.ts')).tags,
  embed: async () => (await import('./commands/embed.ts')).embed,
  open: async () => (await import('./commands/open.ts')).open,
  serve: async () => (await import('./commands/serve.ts')).serve,
  worker: async () => (await import('./commands/worker.ts')).worker,
  'login-start': async () => (await import('./commands/login-start.ts')).loginStart,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  report: async () => (await import('./commands/report.ts')).report,
  demo: async () => (await import('./commands/demo.ts')).demo,
}

/** Makes every command of the tree throw its errors and write to the given streams. */
const attach = (command: Command, { stdout, stderr }: CliStreams): void => {
  command.exitOverride().configureOutput({
    writeOut: (text) => stdout.write(text),
    writeErr: (text) => stderr.write(text),
    outputError: () => {},
  })
  for (const child of command.commands) attach(child, { stdout, stderr } as CliStreams)
}

/** @returns those that a command line can mean: the one that it names, else all, as its help needs them */
const meant = <Loader>(loaders: Readonly<Record<string, Loader>>, name: string): readonly [string, Loader][] => {
  if (Object.hasOwn(loaders, name)) return [[name, loaders[name]!]]
  return Object.hasOwn(GROUPS, name) || Object.hasOwn(SINGLE, name) ? [] : Object.entries(loaders)
}

/** @param argv only what it names is loaded: most commands need few of the modules that all need */
export const buildProgram = async (cli: Cli, streams: CliStreams, argv: readonly string[]): Promise<Command> => {
  const program = new Command('algiers')
    .description(
      'Beat grids, keys, energy and sections of your music, learnt from your own labels. Nothing leaves this machine.',
    )
    .version(packageManifest.version)
    .addHelpText('after', CLOSING_HELP)
  const [first = ''] = argv
  for (const [name, load] of meant(GROUPS, first)) {
    const { description, commands } = await load()
    const group = program.command(name).description(description)
    for (const build of commands) group.addCommand(build(cli))
  }
  for (const [, load] of meant(SINGLE, first)) program.addCommand((await load())(cli))
  attach(program, streams)
  return program
}

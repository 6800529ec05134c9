import { Command } from 'commander'
import { packageManifest } from '../engine/kit/package-manifest.ts'
import { CATALOGUE_GROUP } from './catalogue-group.ts'
import type { Cli, CliStreams } from './cli.ts'
import { CLOSING_HELP } from './closing-help.ts'
import { analyze } from './commands/analyze.ts'
import { backupsList } from './commands/backups-list.ts'
import { backupsMake } from './commands/backups-make.ts'
import { backupsRestore } from './commands/backups-restore.ts'
import { classify } from './commands/classify.ts'
import { demo } from './commands/demo.ts'
import { doctor } from './commands/doctor.ts'
import { embed } from './commands/embed.ts'
import { exchangeAccept } from './commands/exchange-accept.ts'
import { exchangeExport } from './commands/exchange-export.ts'
import { exchangeImport } from './commands/exchange-import.ts'
import { exchangeList } from './commands/exchange-list.ts'
import { exchangeRestoreTags } from './commands/exchange-restore-tags.ts'
import { exchangeUndo } from './commands/exchange-undo.ts'
import { graphPair } from './commands/graph-pair.ts'
import { graphShow } from './commands/graph-show.ts'
import { gridConfirm } from './commands/grid-confirm.ts'
import { gridDouble } from './commands/grid-double.ts'
import { gridHalve } from './commands/grid-halve.ts'
import { gridImport } from './commands/grid-import.ts'
import { gridMetre } from './commands/grid-metre.ts'
import { gridPin } from './commands/grid-pin.ts'
import { gridReAnchor } from './commands/grid-re-anchor.ts'
import { gridShift } from './commands/grid-shift.ts'
import { libraryAdd } from './commands/library-add.ts'
import { libraryDelete } from './commands/library-delete.ts'
import { libraryForget } from './commands/library-forget.ts'
import { libraryIgnore } from './commands/library-ignore.ts'
import { libraryIgnored } from './commands/library-ignored.ts'
import { libraryList } from './commands/library-list.ts'
import { libraryOverview } from './commands/library-overview.ts'
import { libraryRelocate } from './commands/library-relocate.ts'
import { libraryRemove } from './commands/library-remove.ts'
import { libraryScan } from './commands/library-scan.ts'
import { libraryUnignore } from './commands/library-unignore.ts'
import { libraryWhere } from './commands/library-where.ts'
import { loginStart } from './commands/login-start.ts'
import { modelsActivate } from './commands/models-activate.ts'
import { modelsBlend } from './commands/models-blend.ts'
import { modelsCompare } from './commands/models-compare.ts'
import { modelsDelete } from './commands/models-delete.ts'
import { modelsDescribe } from './commands/models-describe.ts'
import { modelsList } from './commands/models-list.ts'
import { modelsScope } from './commands/models-scope.ts'
import { modelsScopes } from './commands/models-scopes.ts'
import { modelsShow } from './commands/models-show.ts'
import { note } from './commands/note.ts'
import { open } from './commands/open.ts'
import { playlistAdd } from './commands/playlist-add.ts'
import { playlistCreate } from './commands/playlist-create.ts'
import { playlistDelete } from './commands/playlist-delete.ts'
import { playlistDuplicate } from './commands/playlist-duplicate.ts'
import { playlistEdit } from './commands/playlist-edit.ts'
import { playlistExport } from './commands/playlist-export.ts'
import { playlistFreeze } from './commands/playlist-freeze.ts'
import { playlistList } from './commands/playlist-list.ts'
import { playlistMove } from './commands/playlist-move.ts'
import { playlistRemove } from './commands/playlist-remove.ts'
import { playlistShow } from './commands/playlist-show.ts'
import { playlistUndo } from './commands/playlist-undo.ts'
import { qa } from './commands/qa.ts'
import { report } from './commands/report.ts'
import { serve } from './commands/serve.ts'
import { setCompare } from './commands/set-compare.ts'
import { setCopy } from './commands/set-copy.ts'
import { setDelete } from './commands/set-delete.ts'
import { setExport } from './commands/set-export.ts'
import { setFits } from './commands/set-fits.ts'
import { setList } from './commands/set-list.ts'
import { setLock } from './commands/set-lock.ts'
import { setMake } from './commands/set-make.ts'
import { setPlan } from './commands/set-plan.ts'
import { setRedo } from './commands/set-redo.ts'
import { setRename } from './commands/set-rename.ts'
import { setRender } from './commands/set-render.ts'
import { setReplan } from './commands/set-replan.ts'
import { setSave } from './commands/set-save.ts'
import { setShow } from './commands/set-show.ts'
import { setUndo } from './commands/set-undo.ts'
import { setVersions } from './commands/set-versions.ts'
import { settingsGet } from './commands/settings-get.ts'
import { settingsSet } from './commands/settings-set.ts'
import { similar } from './commands/similar.ts'
import { tags } from './commands/tags.ts'
import { tracks } from './commands/tracks.ts'
import { train } from './commands/train.ts'
import { transition } from './commands/transition.ts'
import { why } from './commands/why.ts'
import { worker } from './commands/worker.ts'
import { LABEL_COMMANDS } from './label-commands.ts'

type Group = {
  readonly name: string
  readonly description: string
  readonly commands: readonly ((cli: Cli) => Command)[]
}

const GROUPS: readonly Group[] = [
  {
    name: 'library',
    description: 'Manage the folders of your music and the tracks in the library.',
    commands: [
      libraryAdd,
      libraryList,
      libraryOverview,
      libraryRemove,
      libraryScan,
      libraryRelocate,
      libraryForget,
      libraryIgnore,
      libraryIgnored,
      libraryUnignore,
      libraryWhere,
      libraryDelete,
    ],
  },
  {
    name: 'labels',
    description: 'Manage the sections you have marked.',
    commands: LABEL_COMMANDS,
  },
  {
    name: 'playlist',
    description: 'Manage playlists, and smart ones that find their tracks by a filter.',
    commands: [
      playlistList,
      playlistShow,
      playlistCreate,
      playlistEdit,
      playlistAdd,
      playlistRemove,
      playlistMove,
      playlistDuplicate,
      playlistFreeze,
      playlistDelete,
      playlistUndo,
      playlistExport,
    ],
  },
  {
    name: 'exchange',
    description: 'Bring in the libraries of other DJ programs, and give them your sections.',
    commands: [exchangeImport, exchangeList, exchangeAccept, exchangeUndo, exchangeExport, exchangeRestoreTags],
  },
  {
    name: 'models',
    description: 'Manage the versions of your section model.',
    commands: [
      modelsList,
      modelsShow,
      modelsCompare,
      modelsBlend,
      modelsActivate,
      modelsDescribe,
      modelsDelete,
      modelsScope,
      modelsScopes,
    ],
  },
  {
    name: 'grid',
    description: 'Correct a beat grid; labels keep their place in the music.',
    commands: [gridShift, gridHalve, gridDouble, gridReAnchor, gridPin, gridMetre, gridImport, gridConfirm],
  },
  {
    name: 'backups',
    description: 'Make, list and restore copies of the library.',
    commands: [backupsList, backupsMake, backupsRestore],
  },
  {
    name: 'set',
    description: 'Plan what to play, keep it, and render it.',
    commands: [
      setPlan,
      setSave,
      setMake,
      setList,
      setShow,
      setReplan,
      setLock,
      setFits,
      setUndo,
      setRedo,
      setVersions,
      setCompare,
      setRename,
      setCopy,
      setDelete,
      setExport,
      setRender,
    ],
  },
  { name: 'graph', description: 'See which tracks lead into which.', commands: [graphShow, graphPair] },
  CATALOGUE_GROUP,
  { name: 'settings', description: 'Show and change settings.', commands: [settingsGet, settingsSet] },
]

const SINGLE = [
  tracks,
  note,
  similar,
  transition,
  train,
  classify,
  why,
  analyze,
  qa,
  tags,
  embed,
  open,
  serve,
  worker,
  loginStart,
  doctor,
  report,
  demo,
] as const

/** Makes every command of the tree throw its errors and write to the given streams. */
const attach = (command: Command, { stdout, stderr }: CliStreams): void => {
  command.exitOverride().configureOutput({
    writeOut: (text) => stdout.write(text),
    writeErr: (text) => stderr.write(text),
    outputError: () => {},
  })
  for (const child of command.commands) attach(child, { stdout, stderr } as CliStreams)
}

export const buildProgram = (cli: Cli, streams: CliStreams): Command => {
  const program = new Command('algiers')
    .description(
      'Beat grids, keys, energy and sections of your music, learnt from your own labels. Nothing leaves this machine.',
    )
    .version(packageManifest.version)
    .addHelpText('after', CLOSING_HELP)
  for (const { name, description, commands } of GROUPS) {
    const group = program.command(name).description(description)
    for (const build of commands) group.addCommand(build(cli))
  }
  for (const build of SINGLE) program.addCommand(build(cli))
  attach(program, streams)
  return program
}

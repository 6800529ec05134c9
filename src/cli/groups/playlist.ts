import { playlistAdd } from '../commands/playlist-add.ts'
import { playlistCreate } from '../commands/playlist-create.ts'
import { playlistDelete } from '../commands/playlist-delete.ts'
import { playlistDuplicate } from '../commands/playlist-duplicate.ts'
import { playlistEdit } from '../commands/playlist-edit.ts'
import { playlistExport } from '../commands/playlist-export.ts'
import { playlistFreeze } from '../commands/playlist-freeze.ts'
import { playlistList } from '../commands/playlist-list.ts'
import { playlistMove } from '../commands/playlist-move.ts'
import { playlistRemove } from '../commands/playlist-remove.ts'
import { playlistShow } from '../commands/playlist-show.ts'
import { playlistUndo } from '../commands/playlist-undo.ts'
import type { Group } from './group.ts'

export const playlistGroup: Group = {
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
}

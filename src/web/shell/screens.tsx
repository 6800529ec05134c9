import { type ComponentType, lazy } from 'react'
import { matchPath, useLocation } from 'react-router'
import type { ScreenPath } from '../../api/contract/screens.ts'
import { DESK_KEYS } from '../desk/desk-keys.ts'
import type { Command } from '../kit/commands.ts'
import type { KeyTable } from '../kit/keys/key-tables.ts'
import { LIBRARY_COMMANDS } from '../library/library-commands.ts'
import { LibraryScreen } from '../library/library-screen.tsx'
import { LIBRARY_KEYS, TABLE_KEYS } from '../library/table-keys.ts'
import { TRAINING_COMMANDS } from '../training/training-commands.ts'

type Screen = {
  readonly path: ScreenPath
  readonly name: string
  /** The letter after G; a screen without one is not in the navigation, and names itself in the title of the tab. */
  readonly key: string | null
  readonly Screen: ComponentType
  readonly keys: readonly KeyTable[]
  readonly commands: readonly Command[]
}

/** The screens of the page, in the order of the navigation: everything but the first comes when it is asked for. */
export const SCREENS: readonly Screen[] = [
  {
    path: '/library',
    name: 'Library',
    key: 'L',
    Screen: LibraryScreen,
    keys: [TABLE_KEYS, LIBRARY_KEYS],
    commands: LIBRARY_COMMANDS,
  },
  {
    path: '/desk/:track',
    name: 'Desk',
    key: null,
    Screen: lazy(async () => ({ default: (await import('../desk/desk-screen.tsx')).DeskScreen })),
    keys: [DESK_KEYS],
    commands: [],
  },
  {
    path: '/settings',
    name: 'Settings',
    key: 'S',
    Screen: lazy(async () => ({ default: (await import('../settings/settings-screen.tsx')).SettingsScreen })),
    keys: [],
    commands: [],
  },
  {
    path: '/training',
    name: 'Training',
    key: 'T',
    Screen: lazy(async () => ({ default: (await import('../training/training-screen.tsx')).TrainingScreen })),
    keys: [],
    commands: TRAINING_COMMANDS,
  },
]

export const NAVIGATION = SCREENS.filter(({ key }) => key !== null)

/** The screen that an address shows. */
export const useScreen = (): Screen | undefined => {
  const { pathname } = useLocation()
  return SCREENS.find(({ path }) => matchPath(path, pathname) !== null)
}

import { type ComponentType, useEffect } from 'react'
import { matchPath, useLocation } from 'react-router'
import type { ScreenPath } from '../../api/operations/screens.ts'
import { DESK_KEYS } from '../desk/desk-keys.ts'
import { GRAPH_KEYS } from '../graph/graph-keys.ts'
import type { Command } from '../kit/commands.ts'
import type { KeyTable } from '../kit/keys/key-tables.ts'
import { LIBRARY_WAY, useWayBack } from '../kit/way-back.ts'
import { HEAD_KEYS } from '../library/head-keys.ts'
import { LIBRARY_COMMANDS } from '../library/library-commands.ts'
import { LibraryScreen } from '../library/library-screen.tsx'
import { LIBRARY_KEYS, TABLE_KEYS } from '../library/table-keys.ts'
import { SET_KEYS } from '../sets/set-keys.ts'
import { DOCTOR_KEYS } from '../teaching/teaching-keys.ts'
import { TRAINING_COMMANDS } from '../training/training-commands.ts'
import { fetchedScreen } from './fetched-screen.tsx'

type Screen = {
  readonly path: ScreenPath
  readonly name: string
  /** The letter after G; a screen without one is not in the navigation, and names itself in the title of the tab. */
  readonly key: string | null
  readonly Screen: ComponentType
  /** What is to be done instead, where a catalogue does not offer it; left out where it does. */
  readonly notInCatalogue?: string
  /** Fetches the code of a screen that is likely to be next. */
  readonly fetchAhead?: () => Promise<unknown>
  readonly keys: readonly KeyTable[]
  readonly commands: readonly Command[]
}

/** Every list of tracks, labels or suggestions leads to the desk. */
const desk = fetchedScreen(async () => (await import('../desk/desk-screen.tsx')).DeskScreen)

/** The screens of the page, in the order of the navigation: everything but the first comes when it is asked for. */
export const SCREENS: readonly Screen[] = [
  {
    path: '/library',
    name: 'Library',
    key: 'L',
    Screen: LibraryScreen,
    keys: [TABLE_KEYS, HEAD_KEYS, LIBRARY_KEYS],
    commands: LIBRARY_COMMANDS,
  },
  {
    path: '/desk/:track',
    name: 'Desk',
    key: null,
    Screen: desk.Screen,
    fetchAhead: desk.fetch,
    keys: [DESK_KEYS],
    commands: [],
  },
  {
    path: '/bring-in',
    name: 'Bring in',
    key: null,
    Screen: fetchedScreen(async () => (await import('../exchange/bring-in-screen.tsx')).BringInScreen).Screen,
    notInCatalogue:
      'Bring a library of another program into a library of your own; it can then be moved into the catalogue.',
    keys: [],
    commands: [],
  },
  {
    path: '/sets',
    name: 'Set Builder',
    key: 'B',
    Screen: fetchedScreen(async () => (await import('../sets/set-screen.tsx')).SetScreen).Screen,
    notInCatalogue: 'Plan sets in a library of your own.',
    keys: [SET_KEYS],
    commands: [],
  },
  {
    path: '/graph',
    name: 'Graph',
    key: 'G',
    Screen: fetchedScreen(async () => (await import('../graph/graph-screen.tsx')).GraphScreen).Screen,
    notInCatalogue: 'Look at the graph of a library of your own.',
    keys: [GRAPH_KEYS],
    commands: [],
  },
  {
    path: '/settings',
    name: 'Settings',
    key: 'S',
    Screen: fetchedScreen(async () => (await import('../settings/settings-screen.tsx')).SettingsScreen).Screen,
    notInCatalogue: 'Whoever runs the catalogue sets it up.',
    keys: [],
    commands: [],
  },
  {
    path: '/training',
    name: 'Training',
    key: 'T',
    Screen: fetchedScreen(async () => (await import('../training/training-screen.tsx')).TrainingScreen).Screen,
    keys: [],
    commands: TRAINING_COMMANDS,
  },
  {
    path: '/review',
    name: 'Review',
    key: 'R',
    Screen: fetchedScreen(async () => (await import('../teaching/review-screen.tsx')).ReviewScreen).Screen,
    notInCatalogue: 'Check labels in a library of your own, which can be moved into the catalogue afterwards.',
    keys: [DOCTOR_KEYS],
    commands: [],
  },
]

export const NAVIGATION = SCREENS.filter(({ key }) => key !== null)

/** The first screen has the line for itself until then. */
const FETCH_AHEAD_AFTER_MS = 300

/** Fetches the screens that are likely to be next; one that does not arrive is fetched again when it is asked for. */
export const useFetchingAhead = (): void => {
  useEffect(() => {
    const fetchAll = (): void => {
      for (const { fetchAhead } of SCREENS) fetchAhead?.().catch(() => {})
    }
    const timer = setTimeout(fetchAll, FETCH_AHEAD_AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
}

/** The screen that an address shows. */
export const useScreen = (): Screen | undefined => {
  const { pathname } = useLocation()
  return SCREENS.find(({ path }) => matchPath(path, pathname) !== null)
}

/** Keeps which list one was at, for the way back from the desk. */
export const useKeepingWayBack = (): void => {
  const { pathname } = useLocation()
  useEffect(() => {
    const screen = NAVIGATION.find(({ path }) => path === pathname)
    if (screen)
      useWayBack.setState(screen.path === LIBRARY_WAY.path ? LIBRARY_WAY : { path: screen.path, name: screen.name })
  }, [pathname])
}

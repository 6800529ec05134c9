/**
 * What people see and click on systems of which no photograph can be taken here. Names of files are those of our packages, and a test holds
 * that; the words of macOS and Windows are theirs, of 2026 and in English.
 */
import {
  arrow,
  type Box,
  button,
  card,
  type Drawing,
  fileIcon,
  folderIcon,
  frame,
  lines,
  packed,
  pane,
  programIcon,
  rule,
  type Shape,
  step,
  text,
} from './drawing-kit.ts'

type Row = {
  /** In the archive. */
  readonly path: string
  readonly shown: string
  readonly kind: string
  readonly icon?: 'folder' | 'file' | 'program'
}

const ROW_HEIGHT = 28
const ICONS = {
  folder: folderIcon,
  file: fileIcon,
  program: (place: { x: number; y: number }) => programIcon(place, 18),
}

const rowAt = ({ x, y, width }: Omit<Box, 'height'>, { path, shown, kind, icon = 'folder' }: Row): Shape =>
  ICONS[icon]({ x: x + 16, y }) +
  packed({ x: x + 44, y: y + 14 }, path, shown) +
  text({ x: x + width - 16, y: y + 14 }, kind, { anchor: 'end', fill: 'text-quiet', size: 13 })

/** The contents of a folder, as a file manager lists them. */
const listing = ({ x, y, width }: Omit<Box, 'height'>, rows: readonly Row[]): Shape =>
  rows.map((row, at) => rowAt({ x, y: y + at * ROW_HEIGHT, width }, row)).join('')

const MAC_ZIP = 'algiers-…-darwin-arm64.zip'
const WINDOWS_ZIP = 'algiers-…-win-x64.zip'

const linuxFolder: Drawing = {
  name: 'linux-folder',
  title: 'The unpacked folder on Linux, and the menu of a right-click on “algiers” with “Run as a Program”',
  width: 760,
  height: 236,
  shapes: [
    pane({ x: 24, y: 24, width: 420, height: 188 }, 'algiers-…-linux-x64'),
    listing({ x: 24, y: 78, width: 420 }, [
      { path: 'algiers-…-linux-x64/app', shown: 'app', kind: 'Folder' },
      { path: 'algiers-…-linux-x64/runtime', shown: 'runtime', kind: 'Folder' },
      { path: 'algiers-…-linux-x64/algiers', shown: 'algiers', kind: 'Program', icon: 'file' },
      { path: 'algiers-…-linux-x64/LICENCES.txt', shown: 'LICENCES.txt', kind: 'Text', icon: 'file' },
    ]),
    frame({ x: 32, y: 129, width: 404, height: 28 }),
    step({ x: 24, y: 143 }, 1),
    card({ x: 500, y: 84, width: 220, height: 118 }),
    lines({ x: 520, y: 112 }, ['Open With…', '', 'Run as a Program', '', 'Properties'], {}),
    frame({ x: 508, y: 132, width: 204, height: 28 }),
    step({ x: 500, y: 146 }, 2),
  ],
}

const macApplications: Drawing = {
  name: 'macos-applications',
  title: 'Finder: the app that the download contains is dragged from Downloads into Applications',
  width: 760,
  height: 230,
  shapes: [
    pane({ x: 24, y: 24, width: 712, height: 182 }, 'Downloads'),
    lines({ x: 48, y: 92 }, ['Applications'], { weight: 600 }),
    frame({ x: 36, y: 72, width: 148, height: 32 }),
    lines({ x: 48, y: 124 }, ['Desktop', 'Documents', 'Downloads'], { fill: 'text-quiet' }),
    rule({ x: 200, y: 62 }, 'v144'),
    programIcon({ x: 318, y: 76 }, 64),
    packed({ x: 350, y: 164 }, 'Algiers.app', 'Algiers', { anchor: 'middle', weight: 600 }),
    arrow({ x: 306, y: 100 }, { x: 194, y: 90 }),
    step({ x: 402, y: 90 }, 2),
    text({ x: 422, y: 95 }, 'Drag', { size: 13 }),
    fileIcon({ x: 590, y: 104 }),
    packed({ x: 600, y: 164 }, MAC_ZIP, MAC_ZIP, { anchor: 'middle', size: 13 }),
    step({ x: 512, y: 90 }, 1),
    text({ x: 532, y: 95 }, 'Double-click: unpacks it', { size: 13 }),
  ],
}

const macFirst: Drawing = {
  name: 'macos-first-start',
  title: 'The first start on macOS: choose Done, then Open Anyway in Privacy & Security, then Open Anyway once more',
  width: 900,
  height: 320,
  shapes: [
    card({ x: 24, y: 24, width: 240, height: 272 }),
    programIcon({ x: 44, y: 44 }, 36),
    text({ x: 44, y: 108 }, '“Algiers” Not Opened', { weight: 600 }),
    lines(
      { x: 44, y: 134 },
      [
        'Apple could not verify',
        '“Algiers” is free of malware',
        'that may harm your Mac or',
        'compromise your privacy.',
      ],
      {
        size: 13,
      },
    ),
    button({ x: 44, y: 210, width: 200, height: 30 }, 'Done', true),
    button({ x: 44, y: 250, width: 200, height: 30 }, 'Move to Trash'),
    step({ x: 24, y: 225 }, 1),
    pane({ x: 292, y: 24, width: 320, height: 272 }, 'Privacy & Security'),
    text({ x: 312, y: 92 }, 'Security', { weight: 600 }),
    lines({ x: 312, y: 120 }, ['Allow applications from'], { size: 13 }),
    text({ x: 592, y: 142 }, 'App Store & Known Developers', { size: 13, fill: 'text-quiet', anchor: 'end' }),
    rule({ x: 312, y: 158 }, 'h280'),
    lines({ x: 312, y: 184 }, ['“Algiers” was blocked to protect', 'your Mac.'], { size: 13 }),
    button({ x: 462, y: 218, width: 130, height: 30 }, 'Open Anyway', true),
    step({ x: 440, y: 233 }, 2),
    text({ x: 312, y: 280 }, 'Scroll down to find it.', { size: 12, fill: 'text-quiet' }),
    card({ x: 640, y: 24, width: 236, height: 272 }),
    text({ x: 660, y: 56 }, 'Open “Algiers”?', { weight: 600 }),
    lines({ x: 660, y: 82 }, ['Apple is not able to verify', 'that it is free from malware…'], { size: 13 }),
    button({ x: 660, y: 130, width: 196, height: 30 }, 'Open Anyway', true),
    button({ x: 660, y: 170, width: 196, height: 30 }, 'Move to Trash'),
    button({ x: 660, y: 210, width: 196, height: 30 }, 'Done'),
    step({ x: 640, y: 145 }, 3),
    lines({ x: 660, y: 264 }, ['Then your password, or', 'Touch ID.'], { size: 12, fill: 'text-quiet' }),
  ],
}

const windowsExtract: Drawing = {
  name: 'windows-extract',
  title: 'File Explorer: the menu of a right-click on the download, with “Extract All…”',
  width: 760,
  height: 214,
  shapes: [
    pane({ x: 24, y: 24, width: 430, height: 166 }, 'Downloads'),
    fileIcon({ x: 40, y: 84 }),
    packed({ x: 68, y: 98 }, WINDOWS_ZIP, WINDOWS_ZIP),
    text({ x: 438, y: 98 }, 'Compressed (zipped) Folder', { anchor: 'end', fill: 'text-quiet', size: 12 }),
    frame({ x: 32, y: 78, width: 414, height: 30 }),
    step({ x: 24, y: 93 }, 1),
    card({ x: 500, y: 60, width: 220, height: 118 }),
    lines({ x: 520, y: 88 }, ['Open', '', 'Extract All…', '', 'Properties']),
    frame({ x: 508, y: 108, width: 204, height: 28 }),
    step({ x: 500, y: 122 }, 2),
  ],
}

const windowsFolder: Drawing = {
  name: 'windows-folder',
  title: 'File Explorer: the extracted folder Algiers, with “install” and “Algiers” to choose from',
  width: 760,
  height: 320,
  shapes: [
    pane({ x: 24, y: 24, width: 470, height: 272 }, 'Algiers'),
    lines({ x: 40, y: 86 }, ['Name'], { size: 12, fill: 'text-quiet' }),
    text({ x: 478, y: 86 }, 'Type', { size: 12, fill: 'text-quiet', anchor: 'end' }),
    listing({ x: 24, y: 98, width: 470 }, [
      { path: 'Algiers/app', shown: 'app', kind: 'File folder' },
      { path: 'Algiers/bin', shown: 'bin', kind: 'File folder' },
      { path: 'Algiers/runtime', shown: 'runtime', kind: 'File folder' },
      { path: 'Algiers/setup', shown: 'setup', kind: 'File folder' },
      { path: 'Algiers/Algiers.exe', shown: 'Algiers', kind: 'Application', icon: 'program' },
      { path: 'Algiers/install.cmd', shown: 'install', kind: 'Windows Command Script', icon: 'file' },
      { path: 'Algiers/LICENCES.txt', shown: 'LICENCES', kind: 'Text Document', icon: 'file' },
    ]),
    frame({ x: 32, y: 205, width: 454, height: 27 }),
    frame({ x: 32, y: 233, width: 454, height: 27 }),
    text({ x: 516, y: 223 }, 'runs it from here', { size: 13 }),
    text({ x: 516, y: 251 }, 'installs it for you, and starts it', { size: 13 }),
  ],
}

const windowsProtected: Drawing = {
  name: 'windows-first-start',
  title: 'The first start on Windows: choose More info, then Run anyway; or Run, where Windows asks like that',
  width: 900,
  height: 290,
  shapes: [
    card({ x: 24, y: 24, width: 270, height: 242 }),
    text({ x: 44, y: 58 }, 'Windows protected your PC', { weight: 600, size: 15 }),
    lines(
      { x: 44, y: 86 },
      [
        'Microsoft Defender SmartScreen',
        'prevented an unrecognized app',
        'from starting. Running this app',
        'might put your PC at risk.',
      ],
      { size: 13 },
    ),
    text({ x: 84, y: 180 }, 'More info', { size: 13, fill: 'accent', weight: 600 }),
    frame({ x: 76, y: 163, width: 82, height: 26 }),
    step({ x: 57, y: 176 }, 1),
    button({ x: 164, y: 218, width: 110, height: 30 }, 'Don’t run'),
    card({ x: 314, y: 24, width: 270, height: 242 }),
    text({ x: 334, y: 58 }, 'Windows protected your PC', { weight: 600, size: 15 }),
    text({ x: 334, y: 90 }, 'App:', { size: 13 }),
    packed({ x: 410, y: 90 }, 'Algiers/install.cmd', 'install.cmd', { size: 13 }),
    lines({ x: 334, y: 112 }, ['Publisher:'], { size: 13 }),
    lines({ x: 410, y: 112 }, ['Unknown publisher'], { size: 13 }),
    button({ x: 334, y: 218, width: 116, height: 30 }, 'Run anyway', true),
    button({ x: 458, y: 218, width: 110, height: 30 }, 'Don’t run'),
    step({ x: 347, y: 198 }, 2),
    text({ x: 612, y: 44 }, 'or, for some files, instead:', { size: 13, fill: 'text-quiet' }),
    pane({ x: 612, y: 56, width: 264, height: 210 }, 'Open File - Security Warning'),
    lines(
      { x: 632, y: 120 },
      ['The publisher could not be verified.', 'Are you sure you want to run', 'this software?'],
      { size: 13 },
    ),
    text({ x: 632, y: 190 }, 'Publisher: Unknown Publisher', { size: 13, fill: 'text-quiet' }),
    button({ x: 632, y: 218, width: 100, height: 30 }, 'Run', true),
    button({ x: 744, y: 218, width: 112, height: 30 }, 'Cancel'),
  ],
}

const windowsAfter: Drawing = {
  name: 'windows-start-menu',
  title: 'Algiers in the Start menu, and in the list of installed apps with “Uninstall”',
  width: 760,
  height: 214,
  shapes: [
    pane({ x: 24, y: 24, width: 300, height: 166 }, 'Start'),
    text({ x: 40, y: 88 }, 'All', { fill: 'text-quiet', size: 13 }),
    programIcon({ x: 40, y: 102 }, 30),
    text({ x: 82, y: 122 }, 'Algiers'),
    frame({ x: 32, y: 96, width: 284, height: 42 }),
    text({ x: 40, y: 168 }, 'Opens it from now on', { size: 12, fill: 'text-quiet' }),
    pane({ x: 352, y: 24, width: 384, height: 166 }, 'Apps › Installed apps'),
    programIcon({ x: 370, y: 84 }, 30),
    text({ x: 412, y: 104 }, 'Algiers'),
    text({ x: 590, y: 104 }, '⋯', { size: 20, anchor: 'end' }),
    card({ x: 598, y: 82, width: 122, height: 62 }),
    text({ x: 614, y: 106 }, 'Modify', { fill: 'text-quiet' }),
    text({ x: 614, y: 132 }, 'Uninstall'),
    frame({ x: 604, y: 115, width: 110, height: 26 }),
    text({ x: 370, y: 168 }, 'Takes it away, and asks about your library', { size: 12, fill: 'text-quiet' }),
  ],
}

export const DRAWINGS: readonly Drawing[] = [
  linuxFolder,
  macApplications,
  macFirst,
  windowsExtract,
  windowsFolder,
  windowsProtected,
  windowsAfter,
]

import type { Command } from 'commander'
import type { Cli } from '../cli.ts'

/** Makes a command. */
export type Build = (cli: Cli) => Command

/** Commands that stand behind one word. */
export type Group = { readonly description: string; readonly commands: readonly Build[] }

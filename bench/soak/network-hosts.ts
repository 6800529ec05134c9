import { execFileSync } from 'node:child_process'

/** A host of its own on this machine: a network namespace, joined to it by a pair of virtual cards. */
type Host = {
  /** What a program is started by that runs on it. */
  readonly prefix: readonly string[]
  /** Pulls the plug: nothing goes through, and nobody is told. */
  readonly cut: () => void
  readonly join: () => void
}

export type Network = {
  readonly hosts: readonly Host[]
  /** Of this machine, one for each host. */
  readonly addresses: readonly string[]
  readonly range: string
  readonly remove: () => void
}

const ip = (...args: readonly string[]): void => void execFileSync('ip', args, { stdio: 'ignore' })

/** Any of 256, so that two trials may stand beside each other. */
const net = process.pid % 256
const RANGE = `10.213.${net}.0/24`
const nameOf = (nth: number): string => `algiers-${process.pid}-${nth}`
/** Names of cards have fifteen characters at most. */
const cardOf = (nth: number, end: 'a' | 'b'): string => `al${process.pid}${end}${nth}`

const removeHost = (nth: number): void => {
  try {
    // The pair of cards goes with it.
    ip('netns', 'del', nameOf(nth))
  } catch {
    // It was not made.
  }
}

const makeHost = (nth: number): Host => {
  const [name, here, there] = [nameOf(nth), cardOf(nth, 'a'), cardOf(nth, 'b')]
  ip('netns', 'add', name)
  ip('link', 'add', here, 'type', 'veth', 'peer', 'name', there, 'netns', name)
  ip('address', 'add', `10.213.${net}.${4 * nth + 1}/30`, 'dev', here)
  ip('link', 'set', here, 'up')
  ip('-n', name, 'address', 'add', `10.213.${net}.${4 * nth + 2}/30`, 'dev', there)
  ip('-n', name, 'link', 'set', there, 'up')
  ip('-n', name, 'link', 'set', 'lo', 'up')
  return {
    prefix: ['ip', 'netns', 'exec', name],
    cut: () => ip('link', 'set', here, 'down'),
    join: () => ip('link', 'set', here, 'up'),
  }
}

/** @returns null where this user may make no networks, as in most containers */
export const makeNetwork = (count: number): Network | null => {
  const numbers = Array.from({ length: count }, (_, nth) => nth)
  const remove = (): void => {
    for (const nth of numbers) removeHost(nth)
  }
  try {
    const hosts = numbers.map(makeHost)
    return { hosts, addresses: numbers.map((nth) => `10.213.${net}.${4 * nth + 1}`), range: RANGE, remove }
  } catch {
    remove()
    return null
  }
}

/** What an audio file's name ends in; a dot in a title ("Mr. Fingers") is none. */
const EXTENSION = /\.[a-z0-9]{2,5}$/i

/**
 * The number of a track before its title, as rips and shops write it. A number alone may be the title ("7 Days", "99 Problems",
 * "1-800-273-8255"), so it counts only where it is written as a number of a track: set off by a dash or a dot with spaces, in
 * brackets, or with a leading zero, with or without the number of the disc before it.
 */
const TRACK_NUMBER =
  /^(?:\d{1,3}\s+[-–—]\s+|\d{1,3}\.\s+|[([]\d{1,3}[)\]]\s*|(?:\d[-.])?0\d(?:\s*[-–—._)]\s*|\s+)|\d-\d\d(?:\s+[-–—]\s+|\s+))/

/** @param name of a file, without its folders @returns what of it is a title; never empty where the name is not */
export const titleOfFileName = (name: string): string => {
  const bare = name.replace(EXTENSION, '').trim() || name
  const title = bare.replace(TRACK_NUMBER, '').trim()
  return /[\p{L}\p{N}]/u.test(title) ? title : bare
}

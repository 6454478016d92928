/** The id of a heading as GitHub makes it, so that links to it work in the repository and on the site. */
export function headingId(title) {
  return title
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

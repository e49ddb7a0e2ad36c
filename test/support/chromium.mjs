import { aptInstall } from './apt-install.mjs';
import { findProgram } from './find-program.mjs';

const instead = 'Put chromium or google-chrome into PATH.';
const find = () => ['chromium', 'chromium-browser', 'google-chrome'].map(findProgram).find((path) => path !== undefined);

/** The path of a Chromium; where there is none on a Debian machine, it is installed. A font comes with it, or pictures show boxes. */
export function findChromium() {
  const there = find();
  if (there !== undefined) return there;
  aptInstall('No Chromium here', ['chromium', 'fonts-dejavu-core'], instead);
  const installed = find();
  if (installed === undefined) throw new Error(`chromium is installed, yet not to be found. ${instead}`);
  return installed;
}

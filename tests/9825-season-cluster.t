#!/bin/sh
# The season of 9820-season.t on a cluster of which a node dies: every list is the same.
# For the script that follows.
export season_on_cluster=1
. "$(dirname "$0")/9820-season.t"

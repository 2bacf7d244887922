"""Files of OpenSanctions and others in FollowTheMoney (FtM 实体图): a row for each sanction of each entity."""
